CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answers (
    key text NOT NULL,
    reader text NOT NULL,
    text text NOT NULL,
    tokens_in integer NOT NULL,
    tokens_out integer NOT NULL,
    answered_at timestamp with time zone NOT NULL
);
CREATE TABLE public.articles (
    item_id bigint NOT NULL,
    url text NOT NULL,
    host text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_due timestamp with time zone,
    leased_until timestamp with time zone,
    lease_owner text,
    last_detail text NOT NULL
);
CREATE TABLE public.changes (
    id bigint NOT NULL,
    watch text NOT NULL,
    fact text NOT NULL,
    sequence integer NOT NULL,
    old json NOT NULL,
    new json NOT NULL,
    corrected json,
    verdict text NOT NULL,
    certainty text NOT NULL,
    state text NOT NULL,
    effective timestamp with time zone NOT NULL,
    learned timestamp with time zone NOT NULL,
    is_told boolean NOT NULL,
    decided_by text NOT NULL,
    note text NOT NULL
);
CREATE SEQUENCE public.changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.changes_id_seq OWNED BY public.changes.id;
CREATE TABLE public.decisions (
    change_id bigint NOT NULL,
    state text NOT NULL,
    decided_by text NOT NULL,
    effective timestamp with time zone NOT NULL,
    corrected json,
    note text NOT NULL,
    tellings json NOT NULL,
    decided_at timestamp with time zone NOT NULL
);
CREATE TABLE public.ended_sessions (
    name text NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE public.evidence (
    id bigint NOT NULL,
    change_id bigint NOT NULL,
    "position" integer NOT NULL,
    version_id bigint NOT NULL,
    publisher text NOT NULL,
    verdict text NOT NULL,
    claim json NOT NULL,
    is_withdrawn boolean NOT NULL
);
CREATE SEQUENCE public.evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.evidence_id_seq OWNED BY public.evidence.id;
CREATE TABLE public.facts (
    watch text NOT NULL,
    fact text NOT NULL,
    baseline json NOT NULL,
    as_of timestamp with time zone NOT NULL,
    note text NOT NULL,
    source text NOT NULL,
    source_url text NOT NULL,
    archived_at timestamp with time zone
);
CREATE TABLE public.feeds (
    id bigint NOT NULL,
    url text NOT NULL,
    selector text NOT NULL,
    is_polled boolean NOT NULL,
    current_url text NOT NULL,
    host text NOT NULL,
    title text NOT NULL,
    etag text,
    last_modified text,
    body_hash text,
    validators_since timestamp with time zone,
    hints json NOT NULL,
    next_due timestamp with time zone,
    leased_until timestamp with time zone,
    lease_owner text,
    failures integer NOT NULL,
    first_failure_at timestamp with time zone,
    last_error text NOT NULL,
    first_ok_at timestamp with time zone,
    last_ok_at timestamp with time zone,
    added_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    retired_at timestamp with time zone
);
CREATE SEQUENCE public.feeds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.feeds_id_seq OWNED BY public.feeds.id;
CREATE TABLE public.held (
    id bigint NOT NULL,
    change_key text NOT NULL,
    occasion text NOT NULL,
    destination text NOT NULL,
    reason text NOT NULL,
    held_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    released_at timestamp with time zone
);
CREATE SEQUENCE public.held_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.held_id_seq OWNED BY public.held.id;
CREATE TABLE public.hosts (
    host text NOT NULL,
    not_before timestamp with time zone NOT NULL
);
CREATE TABLE public.item_versions (
    id bigint NOT NULL,
    item_id bigint NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    text_hash text NOT NULL,
    url text NOT NULL,
    publisher text NOT NULL,
    published timestamp with time zone NOT NULL,
    language text NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.item_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.item_versions_id_seq OWNED BY public.item_versions.id;
CREATE TABLE public.items (
    id bigint NOT NULL,
    feed_id bigint NOT NULL,
    identity text NOT NULL,
    first_seen timestamp with time zone NOT NULL,
    latest integer NOT NULL
);
CREATE SEQUENCE public.items_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.items_id_seq OWNED BY public.items.id;
CREATE TABLE public.marks (
    change_id bigint NOT NULL,
    read_at timestamp with time zone NOT NULL
);
CREATE TABLE public.notes (
    key text NOT NULL,
    value json NOT NULL
);
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    message_key text NOT NULL,
    occasion text NOT NULL,
    destination text NOT NULL,
    order_key text NOT NULL,
    message json NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    created timestamp with time zone NOT NULL,
    revived timestamp with time zone,
    next_attempt timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    settled timestamp with time zone,
    last_detail text NOT NULL
);
CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.readings (
    version_id bigint NOT NULL,
    watch text NOT NULL,
    read_at timestamp with time zone NOT NULL,
    claims integer NOT NULL,
    account json NOT NULL
);
CREATE TABLE public.rests (
    destination text NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE public.snoozes (
    target text NOT NULL,
    until timestamp with time zone NOT NULL,
    note text NOT NULL,
    created timestamp with time zone NOT NULL
);
CREATE TABLE public.spending (
    day text NOT NULL,
    reader text NOT NULL,
    calls integer NOT NULL,
    failures integer NOT NULL,
    tokens_in bigint NOT NULL,
    tokens_out bigint NOT NULL
);
CREATE TABLE public.subscriptions (
    feed_id bigint NOT NULL,
    hub text NOT NULL,
    topic text NOT NULL,
    token text NOT NULL,
    secret text NOT NULL,
    state text NOT NULL,
    lease_until timestamp with time zone,
    next_attempt timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    last_detail text NOT NULL,
    pushed_at timestamp with time zone
);
CREATE TABLE public.tokens (
    id bigint NOT NULL,
    name text NOT NULL,
    digest text NOT NULL,
    scope text NOT NULL,
    created timestamp with time zone NOT NULL,
    last_used timestamp with time zone,
    revoked_at timestamp with time zone
);
CREATE SEQUENCE public.tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.tokens_id_seq OWNED BY public.tokens.id;
CREATE TABLE public.unheard (
    version_id bigint NOT NULL,
    watch text NOT NULL,
    attempts integer NOT NULL,
    next_attempt timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    last_detail text NOT NULL
);
ALTER TABLE ONLY public.changes ALTER COLUMN id SET DEFAULT nextval('public.changes_id_seq'::regclass);
ALTER TABLE ONLY public.evidence ALTER COLUMN id SET DEFAULT nextval('public.evidence_id_seq'::regclass);
ALTER TABLE ONLY public.feeds ALTER COLUMN id SET DEFAULT nextval('public.feeds_id_seq'::regclass);
ALTER TABLE ONLY public.held ALTER COLUMN id SET DEFAULT nextval('public.held_id_seq'::regclass);
ALTER TABLE ONLY public.item_versions ALTER COLUMN id SET DEFAULT nextval('public.item_versions_id_seq'::regclass);
ALTER TABLE ONLY public.items ALTER COLUMN id SET DEFAULT nextval('public.items_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
ALTER TABLE ONLY public.tokens ALTER COLUMN id SET DEFAULT nextval('public.tokens_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.answers VALUES ('answers key 1 获批 ''quoted'' "twice" \ back
slash	😀', 'answers reader 1 获批 ''quoted'' "twice" \ back
slash	😀', 'answers text 1 获批 ''quoted'' "twice" \ back
slash	😀', 1, 1, '2024-03-28 12:01:00.000001+00');
INSERT INTO public.answers VALUES ('answers key 2 获批 ''quoted'' "twice" \ back
slash	😀', 'answers reader 2 获批 ''quoted'' "twice" \ back
slash	😀', 'answers text 2 获批 ''quoted'' "twice" \ back
slash	😀', 2, 2, '2024-03-28 12:02:00.000002+00');
INSERT INTO public.answers VALUES ('answers key 3 获批 ''quoted'' "twice" \ back
slash	😀', 'answers reader 3 获批 ''quoted'' "twice" \ back
slash	😀', 'answers text 3 获批 ''quoted'' "twice" \ back
slash	😀', 3, 3, '2024-03-28 12:03:00.000003+00');
INSERT INTO public.articles VALUES (1, 'articles url 1 获批 ''quoted'' "twice" \ back
slash	😀', 'articles host 1 获批 ''quoted'' "twice" \ back
slash	😀', 'articles state 1 获批 ''quoted'' "twice" \ back
slash	😀', 1, NULL, NULL, NULL, 'articles last_detail 1 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.articles VALUES (2, 'articles url 2 获批 ''quoted'' "twice" \ back
slash	😀', 'articles host 2 获批 ''quoted'' "twice" \ back
slash	😀', 'articles state 2 获批 ''quoted'' "twice" \ back
slash	😀', 2, '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', 'articles lease_owner 2 获批 ''quoted'' "twice" \ back
slash	😀', 'articles last_detail 2 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.articles VALUES (3, 'articles url 3 获批 ''quoted'' "twice" \ back
slash	😀', 'articles host 3 获批 ''quoted'' "twice" \ back
slash	😀', 'articles state 3 获批 ''quoted'' "twice" \ back
slash	😀', 3, NULL, NULL, NULL, 'articles last_detail 3 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.changes VALUES (1, 'facts watch 1 获批 ''quoted'' "twice" \ back
slash	😀', 'facts fact 1 获批 ''quoted'' "twice" \ back
slash	😀', 1, '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', NULL, 'changes verdict 1 获批 ''quoted'' "twice" \ back
slash	😀', 'changes certainty 1 获批 ''quoted'' "twice" \ back
slash	😀', 'changes state 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', '2024-03-28 12:01:00.000001+00', true, 'changes decided_by 1 获批 ''quoted'' "twice" \ back
slash	😀', 'changes note 1 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.changes VALUES (2, 'facts watch 2 获批 ''quoted'' "twice" \ back
slash	😀', 'facts fact 2 获批 ''quoted'' "twice" \ back
slash	😀', 2, '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', 'changes verdict 2 获批 ''quoted'' "twice" \ back
slash	😀', 'changes certainty 2 获批 ''quoted'' "twice" \ back
slash	😀', 'changes state 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', false, 'changes decided_by 2 获批 ''quoted'' "twice" \ back
slash	😀', 'changes note 2 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.changes VALUES (3, 'facts watch 3 获批 ''quoted'' "twice" \ back
slash	😀', 'facts fact 3 获批 ''quoted'' "twice" \ back
slash	😀', 3, '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', NULL, 'changes verdict 3 获批 ''quoted'' "twice" \ back
slash	😀', 'changes certainty 3 获批 ''quoted'' "twice" \ back
slash	😀', 'changes state 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', '2024-03-28 12:03:00.000003+00', true, 'changes decided_by 3 获批 ''quoted'' "twice" \ back
slash	😀', 'changes note 3 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.decisions VALUES (1, 'decisions state 1 获批 ''quoted'' "twice" \ back
slash	😀', 'decisions decided_by 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', NULL, 'decisions note 1 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '2024-03-28 12:01:00.000001+00');
INSERT INTO public.decisions VALUES (2, 'decisions state 2 获批 ''quoted'' "twice" \ back
slash	😀', 'decisions decided_by 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', 'decisions note 2 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.decisions VALUES (3, 'decisions state 3 获批 ''quoted'' "twice" \ back
slash	😀', 'decisions decided_by 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', NULL, 'decisions note 3 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '2024-03-28 12:03:00.000003+00');
INSERT INTO public.ended_sessions VALUES ('ended_sessions name 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00');
INSERT INTO public.ended_sessions VALUES ('ended_sessions name 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.ended_sessions VALUES ('ended_sessions name 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00');
INSERT INTO public.evidence VALUES (1, 1, 1, 1, 'evidence publisher 1 获批 ''quoted'' "twice" \ back
slash	😀', 'evidence verdict 1 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', true);
INSERT INTO public.evidence VALUES (2, 2, 2, 2, 'evidence publisher 2 获批 ''quoted'' "twice" \ back
slash	😀', 'evidence verdict 2 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', false);
INSERT INTO public.evidence VALUES (3, 3, 3, 3, 'evidence publisher 3 获批 ''quoted'' "twice" \ back
slash	😀', 'evidence verdict 3 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', true);
INSERT INTO public.facts VALUES ('facts watch 1 获批 ''quoted'' "twice" \ back
slash	😀', 'facts fact 1 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '2024-03-28 12:01:00.000001+00', 'facts note 1 获批 ''quoted'' "twice" \ back
slash	😀', 'facts source 1 获批 ''quoted'' "twice" \ back
slash	😀', 'facts source_url 1 获批 ''quoted'' "twice" \ back
slash	😀', NULL);
INSERT INTO public.facts VALUES ('facts watch 2 获批 ''quoted'' "twice" \ back
slash	😀', 'facts fact 2 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '2024-03-28 12:02:00.000002+00', 'facts note 2 获批 ''quoted'' "twice" \ back
slash	😀', 'facts source 2 获批 ''quoted'' "twice" \ back
slash	😀', 'facts source_url 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.facts VALUES ('facts watch 3 获批 ''quoted'' "twice" \ back
slash	😀', 'facts fact 3 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '2024-03-28 12:03:00.000003+00', 'facts note 3 获批 ''quoted'' "twice" \ back
slash	😀', 'facts source 3 获批 ''quoted'' "twice" \ back
slash	😀', 'facts source_url 3 获批 ''quoted'' "twice" \ back
slash	😀', NULL);
INSERT INTO public.feeds VALUES (1, 'feeds url 1 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds selector 1 获批 ''quoted'' "twice" \ back
slash	😀', true, 'feeds current_url 1 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds host 1 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds title 1 获批 ''quoted'' "twice" \ back
slash	😀', NULL, NULL, NULL, NULL, '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', NULL, NULL, NULL, 1, NULL, 'feeds last_error 1 获批 ''quoted'' "twice" \ back
slash	😀', NULL, NULL, '2024-03-28 12:01:00.000001+00', NULL, NULL);
INSERT INTO public.feeds VALUES (2, 'feeds url 2 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds selector 2 获批 ''quoted'' "twice" \ back
slash	😀', false, 'feeds current_url 2 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds host 2 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds title 2 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds etag 2 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds last_modified 2 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds body_hash 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', 'feeds lease_owner 2 获批 ''quoted'' "twice" \ back
slash	😀', 2, '2024-03-28 12:02:00.000002+00', 'feeds last_error 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.feeds VALUES (3, 'feeds url 3 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds selector 3 获批 ''quoted'' "twice" \ back
slash	😀', true, 'feeds current_url 3 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds host 3 获批 ''quoted'' "twice" \ back
slash	😀', 'feeds title 3 获批 ''quoted'' "twice" \ back
slash	😀', NULL, NULL, NULL, NULL, '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', NULL, NULL, NULL, 3, NULL, 'feeds last_error 3 获批 ''quoted'' "twice" \ back
slash	😀', NULL, NULL, '2024-03-28 12:03:00.000003+00', NULL, NULL);
INSERT INTO public.held VALUES (1, 'held change_key 1 获批 ''quoted'' "twice" \ back
slash	😀', 'held occasion 1 获批 ''quoted'' "twice" \ back
slash	😀', 'held destination 1 获批 ''quoted'' "twice" \ back
slash	😀', 'held reason 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', '2024-03-28 12:01:00.000001+00', NULL);
INSERT INTO public.held VALUES (2, 'held change_key 2 获批 ''quoted'' "twice" \ back
slash	😀', 'held occasion 2 获批 ''quoted'' "twice" \ back
slash	😀', 'held destination 2 获批 ''quoted'' "twice" \ back
slash	😀', 'held reason 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.held VALUES (3, 'held change_key 3 获批 ''quoted'' "twice" \ back
slash	😀', 'held occasion 3 获批 ''quoted'' "twice" \ back
slash	😀', 'held destination 3 获批 ''quoted'' "twice" \ back
slash	😀', 'held reason 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', '2024-03-28 12:03:00.000003+00', NULL);
INSERT INTO public.hosts VALUES ('hosts host 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00');
INSERT INTO public.hosts VALUES ('hosts host 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.hosts VALUES ('hosts host 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00');
INSERT INTO public.item_versions VALUES (1, 1, 1, 'item_versions kind 1 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions title 1 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions body 1 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions text_hash 1 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions url 1 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions publisher 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', 'item_versions language 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00');
INSERT INTO public.item_versions VALUES (2, 2, 2, 'item_versions kind 2 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions title 2 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions body 2 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions text_hash 2 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions url 2 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions publisher 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', 'item_versions language 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.item_versions VALUES (3, 3, 3, 'item_versions kind 3 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions title 3 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions body 3 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions text_hash 3 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions url 3 获批 ''quoted'' "twice" \ back
slash	😀', 'item_versions publisher 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', 'item_versions language 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00');
INSERT INTO public.items VALUES (1, 1, 'items identity 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', 1);
INSERT INTO public.items VALUES (2, 2, 'items identity 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', 2);
INSERT INTO public.items VALUES (3, 3, 'items identity 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', 3);
INSERT INTO public.marks VALUES (1, '2024-03-28 12:01:00.000001+00');
INSERT INTO public.marks VALUES (2, '2024-03-28 12:02:00.000002+00');
INSERT INTO public.marks VALUES (3, '2024-03-28 12:03:00.000003+00');
INSERT INTO public.notes VALUES ('notes key 1 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO public.notes VALUES ('notes key 2 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO public.notes VALUES ('notes key 3 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO public.outbox VALUES (1, 'outbox message_key 1 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox occasion 1 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox destination 1 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox order_key 1 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', 'outbox state 1 获批 ''quoted'' "twice" \ back
slash	😀', 1, '2024-03-28 12:01:00.000001+00', NULL, '2024-03-28 12:01:00.000001+00', NULL, NULL, 'outbox last_detail 1 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.outbox VALUES (2, 'outbox message_key 2 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox occasion 2 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox destination 2 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox order_key 2 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', 'outbox state 2 获批 ''quoted'' "twice" \ back
slash	😀', 2, '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', 'outbox last_detail 2 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.outbox VALUES (3, 'outbox message_key 3 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox occasion 3 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox destination 3 获批 ''quoted'' "twice" \ back
slash	😀', 'outbox order_key 3 获批 ''quoted'' "twice" \ back
slash	😀', '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}', 'outbox state 3 获批 ''quoted'' "twice" \ back
slash	😀', 3, '2024-03-28 12:03:00.000003+00', NULL, '2024-03-28 12:03:00.000003+00', NULL, NULL, 'outbox last_detail 3 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.readings VALUES (1, 'readings watch 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', 1, '{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO public.readings VALUES (2, 'readings watch 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', 2, '{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO public.readings VALUES (3, 'readings watch 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', 3, '{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO public.rests VALUES ('rests destination 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', '2024-03-28 12:01:00.000001+00');
INSERT INTO public.rests VALUES ('rests destination 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.rests VALUES ('rests destination 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', '2024-03-28 12:03:00.000003+00');
INSERT INTO public.snoozes VALUES ('snoozes target 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', 'snoozes note 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00');
INSERT INTO public.snoozes VALUES ('snoozes target 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', 'snoozes note 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.snoozes VALUES ('snoozes target 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', 'snoozes note 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00');
INSERT INTO public.spending VALUES ('spending day 1 获批 ''quoted'' "twice" \ back
slash	😀', 'spending reader 1 获批 ''quoted'' "twice" \ back
slash	😀', 1, 1, 1, 1);
INSERT INTO public.spending VALUES ('spending day 2 获批 ''quoted'' "twice" \ back
slash	😀', 'spending reader 2 获批 ''quoted'' "twice" \ back
slash	😀', 2, 2, 2, 2);
INSERT INTO public.spending VALUES ('spending day 3 获批 ''quoted'' "twice" \ back
slash	😀', 'spending reader 3 获批 ''quoted'' "twice" \ back
slash	😀', 3, 3, 3, 3);
INSERT INTO public.subscriptions VALUES (1, 'subscriptions hub 1 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions topic 1 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions token 1 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions secret 1 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions state 1 获批 ''quoted'' "twice" \ back
slash	😀', NULL, '2024-03-28 12:01:00.000001+00', 1, 'subscriptions last_detail 1 获批 ''quoted'' "twice" \ back
slash	😀', NULL);
INSERT INTO public.subscriptions VALUES (2, 'subscriptions hub 2 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions topic 2 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions token 2 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions secret 2 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions state 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', 2, 'subscriptions last_detail 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.subscriptions VALUES (3, 'subscriptions hub 3 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions topic 3 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions token 3 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions secret 3 获批 ''quoted'' "twice" \ back
slash	😀', 'subscriptions state 3 获批 ''quoted'' "twice" \ back
slash	😀', NULL, '2024-03-28 12:03:00.000003+00', 3, 'subscriptions last_detail 3 获批 ''quoted'' "twice" \ back
slash	😀', NULL);
INSERT INTO public.tokens VALUES (1, 'tokens name 1 获批 ''quoted'' "twice" \ back
slash	😀', 'tokens digest 1 获批 ''quoted'' "twice" \ back
slash	😀', 'tokens scope 1 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:01:00.000001+00', NULL, NULL);
INSERT INTO public.tokens VALUES (2, 'tokens name 2 获批 ''quoted'' "twice" \ back
slash	😀', 'tokens digest 2 获批 ''quoted'' "twice" \ back
slash	😀', 'tokens scope 2 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00');
INSERT INTO public.tokens VALUES (3, 'tokens name 3 获批 ''quoted'' "twice" \ back
slash	😀', 'tokens digest 3 获批 ''quoted'' "twice" \ back
slash	😀', 'tokens scope 3 获批 ''quoted'' "twice" \ back
slash	😀', '2024-03-28 12:03:00.000003+00', NULL, NULL);
INSERT INTO public.unheard VALUES (1, 'unheard watch 1 获批 ''quoted'' "twice" \ back
slash	😀', 1, '2024-03-28 12:01:00.000001+00', NULL, 'unheard last_detail 1 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.unheard VALUES (2, 'unheard watch 2 获批 ''quoted'' "twice" \ back
slash	😀', 2, '2024-03-28 12:02:00.000002+00', '2024-03-28 12:02:00.000002+00', 'unheard last_detail 2 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO public.unheard VALUES (3, 'unheard watch 3 获批 ''quoted'' "twice" \ back
slash	😀', 3, '2024-03-28 12:03:00.000003+00', NULL, 'unheard last_detail 3 获批 ''quoted'' "twice" \ back
slash	😀');
SELECT pg_catalog.setval('public.changes_id_seq', 1, false);
SELECT pg_catalog.setval('public.evidence_id_seq', 1, false);
SELECT pg_catalog.setval('public.feeds_id_seq', 1, false);
SELECT pg_catalog.setval('public.held_id_seq', 1, false);
SELECT pg_catalog.setval('public.item_versions_id_seq', 1, false);
SELECT pg_catalog.setval('public.items_id_seq', 1, false);
SELECT pg_catalog.setval('public.outbox_id_seq', 1, false);
SELECT pg_catalog.setval('public.tokens_id_seq', 1, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (key);
ALTER TABLE ONLY public.articles
    ADD CONSTRAINT pk_articles PRIMARY KEY (item_id);
ALTER TABLE ONLY public.changes
    ADD CONSTRAINT pk_changes PRIMARY KEY (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (change_id);
ALTER TABLE ONLY public.ended_sessions
    ADD CONSTRAINT pk_ended_sessions PRIMARY KEY (name);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT pk_evidence PRIMARY KEY (id);
ALTER TABLE ONLY public.facts
    ADD CONSTRAINT pk_facts PRIMARY KEY (watch, fact);
ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT pk_feeds PRIMARY KEY (id);
ALTER TABLE ONLY public.held
    ADD CONSTRAINT pk_held PRIMARY KEY (id);
ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT pk_hosts PRIMARY KEY (host);
ALTER TABLE ONLY public.item_versions
    ADD CONSTRAINT pk_item_versions PRIMARY KEY (id);
ALTER TABLE ONLY public.items
    ADD CONSTRAINT pk_items PRIMARY KEY (id);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT pk_marks PRIMARY KEY (change_id);
ALTER TABLE ONLY public.notes
    ADD CONSTRAINT pk_notes PRIMARY KEY (key);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY public.readings
    ADD CONSTRAINT pk_readings PRIMARY KEY (version_id, watch);
ALTER TABLE ONLY public.rests
    ADD CONSTRAINT pk_rests PRIMARY KEY (destination);
ALTER TABLE ONLY public.snoozes
    ADD CONSTRAINT pk_snoozes PRIMARY KEY (target);
ALTER TABLE ONLY public.spending
    ADD CONSTRAINT pk_spending PRIMARY KEY (day, reader);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT pk_subscriptions PRIMARY KEY (feed_id);
ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT pk_tokens PRIMARY KEY (id);
ALTER TABLE ONLY public.unheard
    ADD CONSTRAINT pk_unheard PRIMARY KEY (version_id, watch);
ALTER TABLE ONLY public.changes
    ADD CONSTRAINT uq_changes_watch_fact_sequence UNIQUE (watch, fact, sequence);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT uq_evidence_change_id_position UNIQUE (change_id, "position");
ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT uq_feeds_url_selector UNIQUE (url, selector);
ALTER TABLE ONLY public.held
    ADD CONSTRAINT uq_held_change_key_occasion_destination UNIQUE (change_key, occasion, destination);
ALTER TABLE ONLY public.item_versions
    ADD CONSTRAINT uq_item_versions_item_id_number UNIQUE (item_id, number);
ALTER TABLE ONLY public.item_versions
    ADD CONSTRAINT uq_item_versions_item_id_text_hash UNIQUE (item_id, text_hash);
ALTER TABLE ONLY public.items
    ADD CONSTRAINT uq_items_feed_id_identity UNIQUE (feed_id, identity);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT uq_outbox_message_key_occasion_destination UNIQUE (message_key, occasion, destination);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT uq_subscriptions_token UNIQUE (token);
ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT uq_tokens_digest UNIQUE (digest);
CREATE INDEX ix_articles_state_next_due ON public.articles USING btree (state, next_due);
CREATE INDEX ix_changes_learned ON public.changes USING btree (learned);
CREATE INDEX ix_ended_sessions_until ON public.ended_sessions USING btree (until);
CREATE INDEX ix_evidence_version_id ON public.evidence USING btree (version_id);
CREATE INDEX ix_feeds_next_due ON public.feeds USING btree (next_due);
CREATE INDEX ix_held_released_at_until ON public.held USING btree (released_at, until);
CREATE INDEX ix_item_versions_seen_at ON public.item_versions USING btree (seen_at);
CREATE INDEX ix_item_versions_text_hash ON public.item_versions USING btree (text_hash);
CREATE INDEX ix_outbox_destination_order_key_state ON public.outbox USING btree (destination, order_key, state);
CREATE INDEX ix_outbox_state_next_attempt ON public.outbox USING btree (state, next_attempt);
CREATE INDEX ix_unheard_next_attempt ON public.unheard USING btree (next_attempt);
ALTER TABLE ONLY public.articles
    ADD CONSTRAINT fk_articles_item_id FOREIGN KEY (item_id) REFERENCES public.items(id);
ALTER TABLE ONLY public.changes
    ADD CONSTRAINT fk_changes_watch_fact FOREIGN KEY (watch, fact) REFERENCES public.facts(watch, fact);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT fk_decisions_change_id FOREIGN KEY (change_id) REFERENCES public.changes(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_change_id FOREIGN KEY (change_id) REFERENCES public.changes(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_version_id FOREIGN KEY (version_id) REFERENCES public.item_versions(id);
ALTER TABLE ONLY public.item_versions
    ADD CONSTRAINT fk_item_versions_item_id FOREIGN KEY (item_id) REFERENCES public.items(id);
ALTER TABLE ONLY public.items
    ADD CONSTRAINT fk_items_feed_id FOREIGN KEY (feed_id) REFERENCES public.feeds(id);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT fk_marks_change_id FOREIGN KEY (change_id) REFERENCES public.changes(id);
ALTER TABLE ONLY public.readings
    ADD CONSTRAINT fk_readings_version_id FOREIGN KEY (version_id) REFERENCES public.item_versions(id);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT fk_subscriptions_feed_id FOREIGN KEY (feed_id) REFERENCES public.feeds(id);
ALTER TABLE ONLY public.unheard
    ADD CONSTRAINT fk_unheard_version_id FOREIGN KEY (version_id) REFERENCES public.item_versions(id);

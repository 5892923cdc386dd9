BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answers (
	"key" TEXT NOT NULL, 
	reader TEXT NOT NULL, 
	text TEXT NOT NULL, 
	tokens_in INTEGER NOT NULL, 
	tokens_out INTEGER NOT NULL, 
	answered_at DATETIME NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY ("key")
);
INSERT INTO "answers" VALUES('answers key 1 获批 ''quoted'' "twice" \ back
slash	😀','answers reader 1 获批 ''quoted'' "twice" \ back
slash	😀','answers text 1 获批 ''quoted'' "twice" \ back
slash	😀',1,1,'2024-03-28 12:01:00.000001');
INSERT INTO "answers" VALUES('answers key 2 获批 ''quoted'' "twice" \ back
slash	😀','answers reader 2 获批 ''quoted'' "twice" \ back
slash	😀','answers text 2 获批 ''quoted'' "twice" \ back
slash	😀',2,2,'2024-03-28 12:02:00.000002');
INSERT INTO "answers" VALUES('answers key 3 获批 ''quoted'' "twice" \ back
slash	😀','answers reader 3 获批 ''quoted'' "twice" \ back
slash	😀','answers text 3 获批 ''quoted'' "twice" \ back
slash	😀',3,3,'2024-03-28 12:03:00.000003');
CREATE TABLE articles (
	item_id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	host TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_due DATETIME, 
	leased_until DATETIME, 
	lease_owner TEXT, 
	last_detail TEXT NOT NULL, 
	CONSTRAINT pk_articles PRIMARY KEY (item_id), 
	CONSTRAINT fk_articles_item_id FOREIGN KEY(item_id) REFERENCES items (id)
);
INSERT INTO "articles" VALUES(1,'articles url 1 获批 ''quoted'' "twice" \ back
slash	😀','articles host 1 获批 ''quoted'' "twice" \ back
slash	😀','articles state 1 获批 ''quoted'' "twice" \ back
slash	😀',1,NULL,NULL,NULL,'articles last_detail 1 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO "articles" VALUES(2,'articles url 2 获批 ''quoted'' "twice" \ back
slash	😀','articles host 2 获批 ''quoted'' "twice" \ back
slash	😀','articles state 2 获批 ''quoted'' "twice" \ back
slash	😀',2,'2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','articles lease_owner 2 获批 ''quoted'' "twice" \ back
slash	😀','articles last_detail 2 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO "articles" VALUES(3,'articles url 3 获批 ''quoted'' "twice" \ back
slash	😀','articles host 3 获批 ''quoted'' "twice" \ back
slash	😀','articles state 3 获批 ''quoted'' "twice" \ back
slash	😀',3,NULL,NULL,NULL,'articles last_detail 3 获批 ''quoted'' "twice" \ back
slash	😀');
CREATE TABLE changes (
	id INTEGER NOT NULL, 
	watch TEXT NOT NULL, 
	fact TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	old JSON NOT NULL, 
	new JSON NOT NULL, 
	corrected JSON, 
	verdict TEXT NOT NULL, 
	certainty TEXT NOT NULL, 
	state TEXT NOT NULL, 
	effective DATETIME NOT NULL, 
	learned DATETIME NOT NULL, 
	is_told BOOLEAN NOT NULL, 
	decided_by TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_changes PRIMARY KEY (id), 
	CONSTRAINT fk_changes_watch_fact FOREIGN KEY(watch, fact) REFERENCES facts (watch, fact), 
	CONSTRAINT uq_changes_watch_fact_sequence UNIQUE (watch, fact, sequence)
);
INSERT INTO "changes" VALUES(1,'facts watch 1 获批 ''quoted'' "twice" \ back
slash	😀','facts fact 1 获批 ''quoted'' "twice" \ back
slash	😀',1,'{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}',NULL,'changes verdict 1 获批 ''quoted'' "twice" \ back
slash	😀','changes certainty 1 获批 ''quoted'' "twice" \ back
slash	😀','changes state 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001','2024-03-28 12:01:00.000001',1,'changes decided_by 1 获批 ''quoted'' "twice" \ back
slash	😀','changes note 1 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO "changes" VALUES(2,'facts watch 2 获批 ''quoted'' "twice" \ back
slash	😀','facts fact 2 获批 ''quoted'' "twice" \ back
slash	😀',2,'{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','changes verdict 2 获批 ''quoted'' "twice" \ back
slash	😀','changes certainty 2 获批 ''quoted'' "twice" \ back
slash	😀','changes state 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002',0,'changes decided_by 2 获批 ''quoted'' "twice" \ back
slash	😀','changes note 2 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO "changes" VALUES(3,'facts watch 3 获批 ''quoted'' "twice" \ back
slash	😀','facts fact 3 获批 ''quoted'' "twice" \ back
slash	😀',3,'{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}',NULL,'changes verdict 3 获批 ''quoted'' "twice" \ back
slash	😀','changes certainty 3 获批 ''quoted'' "twice" \ back
slash	😀','changes state 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003','2024-03-28 12:03:00.000003',1,'changes decided_by 3 获批 ''quoted'' "twice" \ back
slash	😀','changes note 3 获批 ''quoted'' "twice" \ back
slash	😀');
CREATE TABLE decisions (
	change_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	decided_by TEXT NOT NULL, 
	effective DATETIME NOT NULL, 
	corrected JSON, 
	note TEXT NOT NULL, 
	tellings JSON NOT NULL, 
	decided_at DATETIME NOT NULL, 
	CONSTRAINT pk_decisions PRIMARY KEY (change_id), 
	CONSTRAINT fk_decisions_change_id FOREIGN KEY(change_id) REFERENCES changes (id)
);
INSERT INTO "decisions" VALUES(1,'decisions state 1 获批 ''quoted'' "twice" \ back
slash	😀','decisions decided_by 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001',NULL,'decisions note 1 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','2024-03-28 12:01:00.000001');
INSERT INTO "decisions" VALUES(2,'decisions state 2 获批 ''quoted'' "twice" \ back
slash	😀','decisions decided_by 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','decisions note 2 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','2024-03-28 12:02:00.000002');
INSERT INTO "decisions" VALUES(3,'decisions state 3 获批 ''quoted'' "twice" \ back
slash	😀','decisions decided_by 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003',NULL,'decisions note 3 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','2024-03-28 12:03:00.000003');
CREATE TABLE ended_sessions (
	name TEXT NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_ended_sessions PRIMARY KEY (name)
);
INSERT INTO "ended_sessions" VALUES('ended_sessions name 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001');
INSERT INTO "ended_sessions" VALUES('ended_sessions name 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002');
INSERT INTO "ended_sessions" VALUES('ended_sessions name 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003');
CREATE TABLE evidence (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	publisher TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	claim JSON NOT NULL, 
	is_withdrawn BOOLEAN NOT NULL, 
	CONSTRAINT pk_evidence PRIMARY KEY (id), 
	CONSTRAINT fk_evidence_change_id FOREIGN KEY(change_id) REFERENCES changes (id), 
	CONSTRAINT fk_evidence_version_id FOREIGN KEY(version_id) REFERENCES item_versions (id), 
	CONSTRAINT uq_evidence_change_id_position UNIQUE (change_id, position)
);
INSERT INTO "evidence" VALUES(1,1,1,1,'evidence publisher 1 获批 ''quoted'' "twice" \ back
slash	😀','evidence verdict 1 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}',1);
INSERT INTO "evidence" VALUES(2,2,2,2,'evidence publisher 2 获批 ''quoted'' "twice" \ back
slash	😀','evidence verdict 2 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}',0);
INSERT INTO "evidence" VALUES(3,3,3,3,'evidence publisher 3 获批 ''quoted'' "twice" \ back
slash	😀','evidence verdict 3 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}',1);
CREATE TABLE facts (
	watch TEXT NOT NULL, 
	fact TEXT NOT NULL, 
	baseline JSON NOT NULL, 
	as_of DATETIME NOT NULL, 
	note TEXT NOT NULL, 
	source TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	archived_at DATETIME, 
	CONSTRAINT pk_facts PRIMARY KEY (watch, fact)
);
INSERT INTO "facts" VALUES('facts watch 1 获批 ''quoted'' "twice" \ back
slash	😀','facts fact 1 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','2024-03-28 12:01:00.000001','facts note 1 获批 ''quoted'' "twice" \ back
slash	😀','facts source 1 获批 ''quoted'' "twice" \ back
slash	😀','facts source_url 1 获批 ''quoted'' "twice" \ back
slash	😀',NULL);
INSERT INTO "facts" VALUES('facts watch 2 获批 ''quoted'' "twice" \ back
slash	😀','facts fact 2 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','2024-03-28 12:02:00.000002','facts note 2 获批 ''quoted'' "twice" \ back
slash	😀','facts source 2 获批 ''quoted'' "twice" \ back
slash	😀','facts source_url 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002');
INSERT INTO "facts" VALUES('facts watch 3 获批 ''quoted'' "twice" \ back
slash	😀','facts fact 3 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','2024-03-28 12:03:00.000003','facts note 3 获批 ''quoted'' "twice" \ back
slash	😀','facts source 3 获批 ''quoted'' "twice" \ back
slash	😀','facts source_url 3 获批 ''quoted'' "twice" \ back
slash	😀',NULL);
CREATE TABLE feeds (
	id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	selector TEXT NOT NULL, 
	is_polled BOOLEAN NOT NULL, 
	current_url TEXT NOT NULL, 
	host TEXT NOT NULL, 
	title TEXT NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	body_hash TEXT, 
	validators_since DATETIME, 
	hints JSON NOT NULL, 
	next_due DATETIME, 
	leased_until DATETIME, 
	lease_owner TEXT, 
	failures INTEGER NOT NULL, 
	first_failure_at DATETIME, 
	last_error TEXT NOT NULL, 
	first_ok_at DATETIME, 
	last_ok_at DATETIME, 
	added_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	retired_at DATETIME, 
	CONSTRAINT pk_feeds PRIMARY KEY (id), 
	CONSTRAINT uq_feeds_url_selector UNIQUE (url, selector)
);
INSERT INTO "feeds" VALUES(1,'feeds url 1 获批 ''quoted'' "twice" \ back
slash	😀','feeds selector 1 获批 ''quoted'' "twice" \ back
slash	😀',1,'feeds current_url 1 获批 ''quoted'' "twice" \ back
slash	😀','feeds host 1 获批 ''quoted'' "twice" \ back
slash	😀','feeds title 1 获批 ''quoted'' "twice" \ back
slash	😀',NULL,NULL,NULL,NULL,'{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}',NULL,NULL,NULL,1,NULL,'feeds last_error 1 获批 ''quoted'' "twice" \ back
slash	😀',NULL,NULL,'2024-03-28 12:01:00.000001',NULL,NULL);
INSERT INTO "feeds" VALUES(2,'feeds url 2 获批 ''quoted'' "twice" \ back
slash	😀','feeds selector 2 获批 ''quoted'' "twice" \ back
slash	😀',0,'feeds current_url 2 获批 ''quoted'' "twice" \ back
slash	😀','feeds host 2 获批 ''quoted'' "twice" \ back
slash	😀','feeds title 2 获批 ''quoted'' "twice" \ back
slash	😀','feeds etag 2 获批 ''quoted'' "twice" \ back
slash	😀','feeds last_modified 2 获批 ''quoted'' "twice" \ back
slash	😀','feeds body_hash 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','feeds lease_owner 2 获批 ''quoted'' "twice" \ back
slash	😀',2,'2024-03-28 12:02:00.000002','feeds last_error 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002');
INSERT INTO "feeds" VALUES(3,'feeds url 3 获批 ''quoted'' "twice" \ back
slash	😀','feeds selector 3 获批 ''quoted'' "twice" \ back
slash	😀',1,'feeds current_url 3 获批 ''quoted'' "twice" \ back
slash	😀','feeds host 3 获批 ''quoted'' "twice" \ back
slash	😀','feeds title 3 获批 ''quoted'' "twice" \ back
slash	😀',NULL,NULL,NULL,NULL,'{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}',NULL,NULL,NULL,3,NULL,'feeds last_error 3 获批 ''quoted'' "twice" \ back
slash	😀',NULL,NULL,'2024-03-28 12:03:00.000003',NULL,NULL);
CREATE TABLE held (
	id INTEGER NOT NULL, 
	change_key TEXT NOT NULL, 
	occasion TEXT NOT NULL, 
	destination TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	held_at DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	released_at DATETIME, 
	CONSTRAINT pk_held PRIMARY KEY (id), 
	CONSTRAINT uq_held_change_key_occasion_destination UNIQUE (change_key, occasion, destination)
);
INSERT INTO "held" VALUES(1,'held change_key 1 获批 ''quoted'' "twice" \ back
slash	😀','held occasion 1 获批 ''quoted'' "twice" \ back
slash	😀','held destination 1 获批 ''quoted'' "twice" \ back
slash	😀','held reason 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001','2024-03-28 12:01:00.000001',NULL);
INSERT INTO "held" VALUES(2,'held change_key 2 获批 ''quoted'' "twice" \ back
slash	😀','held occasion 2 获批 ''quoted'' "twice" \ back
slash	😀','held destination 2 获批 ''quoted'' "twice" \ back
slash	😀','held reason 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002');
INSERT INTO "held" VALUES(3,'held change_key 3 获批 ''quoted'' "twice" \ back
slash	😀','held occasion 3 获批 ''quoted'' "twice" \ back
slash	😀','held destination 3 获批 ''quoted'' "twice" \ back
slash	😀','held reason 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003','2024-03-28 12:03:00.000003',NULL);
CREATE TABLE hosts (
	host TEXT NOT NULL, 
	not_before DATETIME NOT NULL, 
	CONSTRAINT pk_hosts PRIMARY KEY (host)
);
INSERT INTO "hosts" VALUES('hosts host 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001');
INSERT INTO "hosts" VALUES('hosts host 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002');
INSERT INTO "hosts" VALUES('hosts host 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003');
CREATE TABLE item_versions (
	id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	body TEXT NOT NULL, 
	text_hash TEXT NOT NULL, 
	url TEXT NOT NULL, 
	publisher TEXT NOT NULL, 
	published DATETIME NOT NULL, 
	language TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_item_versions PRIMARY KEY (id), 
	CONSTRAINT fk_item_versions_item_id FOREIGN KEY(item_id) REFERENCES items (id), 
	CONSTRAINT uq_item_versions_item_id_number UNIQUE (item_id, number), 
	CONSTRAINT uq_item_versions_item_id_text_hash UNIQUE (item_id, text_hash)
);
INSERT INTO "item_versions" VALUES(1,1,1,'item_versions kind 1 获批 ''quoted'' "twice" \ back
slash	😀','item_versions title 1 获批 ''quoted'' "twice" \ back
slash	😀','item_versions body 1 获批 ''quoted'' "twice" \ back
slash	😀','item_versions text_hash 1 获批 ''quoted'' "twice" \ back
slash	😀','item_versions url 1 获批 ''quoted'' "twice" \ back
slash	😀','item_versions publisher 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001','item_versions language 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001');
INSERT INTO "item_versions" VALUES(2,2,2,'item_versions kind 2 获批 ''quoted'' "twice" \ back
slash	😀','item_versions title 2 获批 ''quoted'' "twice" \ back
slash	😀','item_versions body 2 获批 ''quoted'' "twice" \ back
slash	😀','item_versions text_hash 2 获批 ''quoted'' "twice" \ back
slash	😀','item_versions url 2 获批 ''quoted'' "twice" \ back
slash	😀','item_versions publisher 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','item_versions language 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002');
INSERT INTO "item_versions" VALUES(3,3,3,'item_versions kind 3 获批 ''quoted'' "twice" \ back
slash	😀','item_versions title 3 获批 ''quoted'' "twice" \ back
slash	😀','item_versions body 3 获批 ''quoted'' "twice" \ back
slash	😀','item_versions text_hash 3 获批 ''quoted'' "twice" \ back
slash	😀','item_versions url 3 获批 ''quoted'' "twice" \ back
slash	😀','item_versions publisher 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003','item_versions language 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003');
CREATE TABLE items (
	id INTEGER NOT NULL, 
	feed_id INTEGER NOT NULL, 
	identity TEXT NOT NULL, 
	first_seen DATETIME NOT NULL, 
	latest INTEGER NOT NULL, 
	CONSTRAINT pk_items PRIMARY KEY (id), 
	CONSTRAINT fk_items_feed_id FOREIGN KEY(feed_id) REFERENCES feeds (id), 
	CONSTRAINT uq_items_feed_id_identity UNIQUE (feed_id, identity)
);
INSERT INTO "items" VALUES(1,1,'items identity 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001',1);
INSERT INTO "items" VALUES(2,2,'items identity 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002',2);
INSERT INTO "items" VALUES(3,3,'items identity 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003',3);
CREATE TABLE marks (
	change_id INTEGER NOT NULL, 
	read_at DATETIME NOT NULL, 
	CONSTRAINT pk_marks PRIMARY KEY (change_id), 
	CONSTRAINT fk_marks_change_id FOREIGN KEY(change_id) REFERENCES changes (id)
);
INSERT INTO "marks" VALUES(1,'2024-03-28 12:01:00.000001');
INSERT INTO "marks" VALUES(2,'2024-03-28 12:02:00.000002');
INSERT INTO "marks" VALUES(3,'2024-03-28 12:03:00.000003');
CREATE TABLE notes (
	"key" TEXT NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_notes PRIMARY KEY ("key")
);
INSERT INTO "notes" VALUES('notes key 1 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO "notes" VALUES('notes key 2 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO "notes" VALUES('notes key 3 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	message_key TEXT NOT NULL, 
	occasion TEXT NOT NULL, 
	destination TEXT NOT NULL, 
	order_key TEXT NOT NULL, 
	message JSON NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	created DATETIME NOT NULL, 
	revived DATETIME, 
	next_attempt DATETIME NOT NULL, 
	leased_until DATETIME, 
	settled DATETIME, 
	last_detail TEXT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_message_key_occasion_destination UNIQUE (message_key, occasion, destination)
);
INSERT INTO "outbox" VALUES(1,'outbox message_key 1 获批 ''quoted'' "twice" \ back
slash	😀','outbox occasion 1 获批 ''quoted'' "twice" \ back
slash	😀','outbox destination 1 获批 ''quoted'' "twice" \ back
slash	😀','outbox order_key 1 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','outbox state 1 获批 ''quoted'' "twice" \ back
slash	😀',1,'2024-03-28 12:01:00.000001',NULL,'2024-03-28 12:01:00.000001',NULL,NULL,'outbox last_detail 1 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO "outbox" VALUES(2,'outbox message_key 2 获批 ''quoted'' "twice" \ back
slash	😀','outbox occasion 2 获批 ''quoted'' "twice" \ back
slash	😀','outbox destination 2 获批 ''quoted'' "twice" \ back
slash	😀','outbox order_key 2 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','outbox state 2 获批 ''quoted'' "twice" \ back
slash	😀',2,'2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','outbox last_detail 2 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO "outbox" VALUES(3,'outbox message_key 3 获批 ''quoted'' "twice" \ back
slash	😀','outbox occasion 3 获批 ''quoted'' "twice" \ back
slash	😀','outbox destination 3 获批 ''quoted'' "twice" \ back
slash	😀','outbox order_key 3 获批 ''quoted'' "twice" \ back
slash	😀','{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}','outbox state 3 获批 ''quoted'' "twice" \ back
slash	😀',3,'2024-03-28 12:03:00.000003',NULL,'2024-03-28 12:03:00.000003',NULL,NULL,'outbox last_detail 3 获批 ''quoted'' "twice" \ back
slash	😀');
CREATE TABLE readings (
	version_id INTEGER NOT NULL, 
	watch TEXT NOT NULL, 
	read_at DATETIME NOT NULL, 
	claims INTEGER NOT NULL, 
	account JSON NOT NULL, 
	CONSTRAINT pk_readings PRIMARY KEY (version_id, watch), 
	CONSTRAINT fk_readings_version_id FOREIGN KEY(version_id) REFERENCES item_versions (id)
);
INSERT INTO "readings" VALUES(1,'readings watch 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001',1,'{"number": 1, "share": 0.1, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO "readings" VALUES(2,'readings watch 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002',2,'{"number": 2, "share": 0.2, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
INSERT INTO "readings" VALUES(3,'readings watch 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003',3,'{"number": 3, "share": 0.30000000000000004, "text": "获批 ''quoted'' \"twice\" \\ back\nslash\t😀", "list": [null, true, []]}');
CREATE TABLE rests (
	destination TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_rests PRIMARY KEY (destination)
);
INSERT INTO "rests" VALUES('rests destination 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001','2024-03-28 12:01:00.000001');
INSERT INTO "rests" VALUES('rests destination 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002');
INSERT INTO "rests" VALUES('rests destination 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003','2024-03-28 12:03:00.000003');
CREATE TABLE snoozes (
	target TEXT NOT NULL, 
	until DATETIME NOT NULL, 
	note TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	CONSTRAINT pk_snoozes PRIMARY KEY (target)
);
INSERT INTO "snoozes" VALUES('snoozes target 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001','snoozes note 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001');
INSERT INTO "snoozes" VALUES('snoozes target 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','snoozes note 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002');
INSERT INTO "snoozes" VALUES('snoozes target 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003','snoozes note 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003');
CREATE TABLE spending (
	day TEXT NOT NULL, 
	reader TEXT NOT NULL, 
	calls INTEGER NOT NULL, 
	failures INTEGER NOT NULL, 
	tokens_in BIGINT NOT NULL, 
	tokens_out BIGINT NOT NULL, 
	CONSTRAINT pk_spending PRIMARY KEY (day, reader)
);
INSERT INTO "spending" VALUES('spending day 1 获批 ''quoted'' "twice" \ back
slash	😀','spending reader 1 获批 ''quoted'' "twice" \ back
slash	😀',1,1,1,1);
INSERT INTO "spending" VALUES('spending day 2 获批 ''quoted'' "twice" \ back
slash	😀','spending reader 2 获批 ''quoted'' "twice" \ back
slash	😀',2,2,2,2);
INSERT INTO "spending" VALUES('spending day 3 获批 ''quoted'' "twice" \ back
slash	😀','spending reader 3 获批 ''quoted'' "twice" \ back
slash	😀',3,3,3,3);
CREATE TABLE subscriptions (
	feed_id INTEGER NOT NULL, 
	hub TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	token TEXT NOT NULL, 
	secret TEXT NOT NULL, 
	state TEXT NOT NULL, 
	lease_until DATETIME, 
	next_attempt DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	last_detail TEXT NOT NULL, 
	pushed_at DATETIME, 
	CONSTRAINT pk_subscriptions PRIMARY KEY (feed_id), 
	CONSTRAINT fk_subscriptions_feed_id FOREIGN KEY(feed_id) REFERENCES feeds (id), 
	CONSTRAINT uq_subscriptions_token UNIQUE (token)
);
INSERT INTO "subscriptions" VALUES(1,'subscriptions hub 1 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions topic 1 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions token 1 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions secret 1 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions state 1 获批 ''quoted'' "twice" \ back
slash	😀',NULL,'2024-03-28 12:01:00.000001',1,'subscriptions last_detail 1 获批 ''quoted'' "twice" \ back
slash	😀',NULL);
INSERT INTO "subscriptions" VALUES(2,'subscriptions hub 2 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions topic 2 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions token 2 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions secret 2 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions state 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002',2,'subscriptions last_detail 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002');
INSERT INTO "subscriptions" VALUES(3,'subscriptions hub 3 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions topic 3 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions token 3 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions secret 3 获批 ''quoted'' "twice" \ back
slash	😀','subscriptions state 3 获批 ''quoted'' "twice" \ back
slash	😀',NULL,'2024-03-28 12:03:00.000003',3,'subscriptions last_detail 3 获批 ''quoted'' "twice" \ back
slash	😀',NULL);
CREATE TABLE tokens (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	last_used DATETIME, 
	revoked_at DATETIME, 
	CONSTRAINT pk_tokens PRIMARY KEY (id), 
	CONSTRAINT uq_tokens_digest UNIQUE (digest)
);
INSERT INTO "tokens" VALUES(1,'tokens name 1 获批 ''quoted'' "twice" \ back
slash	😀','tokens digest 1 获批 ''quoted'' "twice" \ back
slash	😀','tokens scope 1 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:01:00.000001',NULL,NULL);
INSERT INTO "tokens" VALUES(2,'tokens name 2 获批 ''quoted'' "twice" \ back
slash	😀','tokens digest 2 获批 ''quoted'' "twice" \ back
slash	😀','tokens scope 2 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002');
INSERT INTO "tokens" VALUES(3,'tokens name 3 获批 ''quoted'' "twice" \ back
slash	😀','tokens digest 3 获批 ''quoted'' "twice" \ back
slash	😀','tokens scope 3 获批 ''quoted'' "twice" \ back
slash	😀','2024-03-28 12:03:00.000003',NULL,NULL);
CREATE TABLE unheard (
	version_id INTEGER NOT NULL, 
	watch TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_attempt DATETIME NOT NULL, 
	leased_until DATETIME, 
	last_detail TEXT NOT NULL, 
	CONSTRAINT pk_unheard PRIMARY KEY (version_id, watch), 
	CONSTRAINT fk_unheard_version_id FOREIGN KEY(version_id) REFERENCES item_versions (id)
);
INSERT INTO "unheard" VALUES(1,'unheard watch 1 获批 ''quoted'' "twice" \ back
slash	😀',1,'2024-03-28 12:01:00.000001',NULL,'unheard last_detail 1 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO "unheard" VALUES(2,'unheard watch 2 获批 ''quoted'' "twice" \ back
slash	😀',2,'2024-03-28 12:02:00.000002','2024-03-28 12:02:00.000002','unheard last_detail 2 获批 ''quoted'' "twice" \ back
slash	😀');
INSERT INTO "unheard" VALUES(3,'unheard watch 3 获批 ''quoted'' "twice" \ back
slash	😀',3,'2024-03-28 12:03:00.000003',NULL,'unheard last_detail 3 获批 ''quoted'' "twice" \ back
slash	😀');
CREATE INDEX ix_feeds_next_due ON feeds (next_due);
CREATE INDEX ix_held_released_at_until ON held (released_at, until);
CREATE INDEX ix_outbox_destination_order_key_state ON outbox (destination, order_key, state);
CREATE INDEX ix_outbox_state_next_attempt ON outbox (state, next_attempt);
CREATE INDEX ix_changes_learned ON changes (learned);
CREATE INDEX ix_articles_state_next_due ON articles (state, next_due);
CREATE INDEX ix_item_versions_text_hash ON item_versions (text_hash);
CREATE INDEX ix_item_versions_seen_at ON item_versions (seen_at);
CREATE INDEX ix_unheard_next_attempt ON unheard (next_attempt);
CREATE INDEX ix_ended_sessions_until ON ended_sessions (until);
CREATE INDEX ix_evidence_version_id ON evidence (version_id);
COMMIT;

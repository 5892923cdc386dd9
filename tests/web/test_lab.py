"""The lab: what it shows, and each door between its form and the rule file, tried from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from monitor.jobs.reloading import reload_rules
from monitor.web.doors import LARGEST_BODY
from tests.e2e.newsrooms import Newsroom, opening
from tests.feeds.sites import Site, plain
from tests.jobs.rooms import open_room
from tests.web.browsers import needs_browser, open_window
from tests.web.desks import Answer, Desk, Visitor, open_desk
from tests.web.test_accessible import look_for_faults
from tests.web.test_pages import Outline, words

PASSWORD = "correct horse"
BROWSER = {"Accept": "text/html"}
ARTICLE = """
<html lang="en"><head><title>Bridge slips</title></head><body><article><h1>Bridge slips</h1>
<p>The Harbour Bridge will open in May 2029, the city said on Monday, after years in which everybody had to take the ferry.</p>
<p>Nothing else is known of it, and the mayor did not want to answer any questions about the reasons for it.</p>
</article></body></html>
"""


@dataclass(slots=True, kw_only=True)
class Bench:
    """A lab with somebody before it.

    Attributes:
        opened: What the page said of the file when it was opened.
    """

    desk: Desk
    site: Site
    visitor: Visitor
    rule: str
    opened: str = ""

    @property
    def file(self) -> Path:
        """The rule file."""
        return self.desk.room.program.rule

    def open(self) -> str:
        """Open the page, as whoever edits does first."""
        source = self.visitor.get("/lab/bridge", **BROWSER).text
        if found := re.search(r'name="opened" value="(\w+)"', source):
            self.opened = found[1]
        return source

    def do(self, deed: str, rule: str | None = None, fields: dict[str, str] | None = None, **headers: str) -> Answer:
        """Press a button."""
        form = {"rule": self.rule if rule is None else rule, "opened": self.opened, **(fields or {})}
        return self.visitor.post(f"/lab/bridge/{deed}", form, **BROWSER, **headers)

    def confirm(self, rule: str) -> str:
        """Look at the difference; what the page then sends along when it is confirmed."""
        found = re.search(r'name="confirmed" value="(\w+)"', self.do("review", rule).text)
        return found[1] if found else ""

    def read(self, text: str, **fields: str) -> Answer:
        """Have a text read."""
        return self.do("read", fields={"text": text, **fields})


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Behind a password, with a delay and a rumour on record."""
    with Site() as site:
        newsroom = Newsroom(site=site)
        with (
            open_room(tmp_path_factory.mktemp("lab"), newsroom.url, FACTWATCH_PASSWORD=PASSWORD) as room,
            open_desk(room) as desk,
        ):
            room.poll()
            hostile = "&lt;img src=x onerror=alert(1)&gt; whispers"
            for title, body in {
                "Delayed": opening("October 2027"),
                hostile: "The Harbour Bridge will open in May 2030, a rumour says.",
            }.items():
                room.clock.pass_by(days=1)
                newsroom.publish(title, body, published=room.clock())
                room.poll()
            visitor = desk.visitor()
            visitor.get("/login")
            visitor.post("/login", {"password": PASSWORD})
            yield Bench(desk=desk, site=site, visitor=visitor, rule=room.program.rule.read_text(encoding="utf-8"))


@pytest.fixture
def bench(lab: Bench) -> Iterator[Bench]:
    """The same with the file as it was at first, opened."""
    lab.open()
    yield lab
    lab.file.unlink()
    lab.file.write_text(lab.rule, encoding="utf-8")


# --- what it shows ----------------------------------------------------------------------------------


def test_the_only_watch_is_opened_at_once_and_its_rule_stands_there(bench: Bench) -> None:
    assert bench.visitor.get("/lab").headers["location"] == "/lab/bridge"
    page = Outline(source := bench.open())
    assert page.open == []
    assert bench.rule in source.replace("&#39;", "'")
    assert [link["href"] for link in page.all("a") if link.get("aria-current")] == ["/lab"]


def test_of_several_watches_one_is_chosen(desk: Desk) -> None:
    rule = desk.room.program.rule
    tunnel = rule.read_text(encoding="utf-8").replace("baseline: ../seeds/bridge.yaml\n", "").replace("bridge", "tunnel")
    rule.with_name("tunnel.yaml").write_text(tunnel.replace("The Harbour Bridge", "The Tunnel"), encoding="utf-8")
    assert reload_rules(desk.room.context)
    visitor = desk.visitor()
    assert [link["href"] for link in Outline(visitor.get("/lab").text).all("a")][-2:] == ["/lab/bridge", "/lab/tunnel"]
    page = Outline(visitor.get("/lab/tunnel").text)
    assert [option.get("value") for option in page.all("option") if "selected" in option] == ["tunnel"]
    assert visitor.get("/lab?watch=bridge").headers["location"] == "/lab/bridge"
    assert visitor.get("/lab?watch=//evil.example").status == 404


def test_a_text_is_read_with_every_candidate_its_sum_and_what_would_be_told(bench: Bench) -> None:
    answer = bench.read(
        "Bridge slips\nThe Harbour Bridge will open in May 2029 instead of June 2027, the city said.", published="2026-06-20"
    )
    said = words(answer.text)
    assert re.search(r"2027-10 → 2029-05 changes official would be told", said)
    assert re.search(r"2029-05 0\.\d\d believed", said)
    assert "<mark>May 2029</mark>" in answer.text
    assert re.search(r"2027-06 0\.\d\d not believed", said)
    assert re.search(r"Sum, and the probability that it stands for [+-]\d\.\d\d → 0\.\d\d", said)
    assert "values “May 2029” 2029-05" in said
    assert "Nothing in it is likely to be a value of Cost of the bridge." in said


def test_a_text_is_read_by_the_rule_as_it_is_edited(bench: Bench) -> None:
    text = {"text": "The Harbour Bridge will open in May 2029, the city said."}
    answer = bench.do("read", bench.rule + "alert: {on: [cancelled]}\n", text)
    assert "stays silent" in words(answer.text)
    assert "would pass it over" in words(bench.do("read", bench.rule.replace("[Harbour Bridge]", "[Old Ferry]"), text).text)
    assert bench.file.read_text(encoding="utf-8") == bench.rule


def test_an_article_is_fetched_as_the_daemon_fetches_and_can_be_read_again(bench: Bench) -> None:
    bench.site.answers["/article"] = plain(ARTICLE.encode(), headers={"Content-Type": "text/html"})
    answer = bench.read(bench.site.url("/article"))
    assert "<mark>May 2029</mark>" in answer.text
    assert "Bridge slips\nThe Harbour Bridge will open" in answer.text.partition('id="text"')[2]


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "http://[::1]:8300/", "http://localhost/"]
)
def test_an_address_that_leads_inside_is_not_opened(bench: Bench, address: str) -> None:
    answer = bench.read(address)
    assert answer.status == 422
    assert "is not opened: it is a" in answer.text


def test_what_cannot_be_read_is_said(bench: Bench) -> None:
    for text, published, why in (
        ("  ", "", "nothing to read yet"),
        ("Words.", "soon", "is no day"),
        ("Words.", "0001-01-01", "must lie between"),
        (bench.site.url("/gone"), "", "404"),
    ):
        answer = bench.read(text, published=published)
        assert (answer.status, why in answer.text) == (422, True), text
    for item in ("999", "9" * 30, "..", "1 OR 1"):
        assert bench.visitor.get(f"/lab/bridge?item={quote(item)}", **BROWSER).status == 422


def test_stored_items_show_what_would_appear_and_each_is_explained(bench: Bench) -> None:
    answer = bench.do("try", bench.rule + "alert: {certainty: rumour}\n")
    said = words(answer.text)
    assert re.search(r"1 would appear .* 2027-10 → 2030-05 rumour .* 0 would vanish .* 1 would stay", said)
    (path,) = set(re.findall(r'href="(/lab/bridge\?item=\d+)"', answer.text.partition("would stay")[0]))
    told = words(bench.visitor.get(path, **BROWSER).text)
    assert "Held against what was in force when it came" in told
    assert "2027-10 → 2030-05" in told


def test_the_tests_of_the_rule_are_run(bench: Bench) -> None:
    test = "tests: [{text: 'The Harbour Bridge will open in May 2029.', published: 2026-05-01, expect: {opening: %s}}]\n"
    right = bench.rule + test % "{verdict: changes, value: 2029-05}"
    wrong = bench.rule + test % "{verdict: changes, value: 2029-07}"
    assert "1 passed" in words(bench.do("check", right).text)
    said = words(bench.do("try", wrong).text)
    assert "1 failed" in said
    assert "expected changes 2029-07 , came changes 2029-05" in said
    assert "It has none." in words(bench.do("check").text)


def test_faults_stand_with_their_place_and_what_would_be_right(bench: Bench) -> None:
    answer = bench.do("check", bench.rule.replace("kind: money", "kind: mony"))
    assert answer.status == 422
    assert 'data-line="17" data-column="11"' in answer.text
    assert "unknown kind 'mony' kind: mony Did you mean 'money'?" in words(answer.text).replace("&#39;", "'")


# --- saving -----------------------------------------------------------------------------------------


def test_what_was_shown_and_confirmed_is_written_and_taken_up(bench: Bench) -> None:
    edited = bench.rule.replace("title: The Harbour Bridge", "title: The New Bridge")
    shown = bench.do("review", edited.replace("\n", "\r\n")).text
    assert re.search(r"-title: The Harbour Bridge +\+title: The New Bridge", words(shown))
    bench.file.chmod(0o640)
    assert bench.do("save", edited, {"confirmed": bench.confirm(edited)}).status == 200
    assert bench.file.read_text(encoding="utf-8") == edited
    assert bench.file.stat().st_mode & 0o777 == 0o640
    assert list(bench.file.parent.iterdir()) == [bench.file]


def test_without_a_confirmed_difference_nothing_is_written(bench: Bench) -> None:
    edited = bench.rule + "# more\n"
    confirmed = bench.confirm(edited)
    for rule, token in ((edited, ""), (edited + "# and more\n", confirmed)):
        answer = bench.do("save", rule, {"confirmed": token})
        assert (answer.status, "not the difference that you were shown" in answer.text) == (409, True)
    assert bench.file.read_text(encoding="utf-8") == bench.rule


def test_a_file_that_changed_meanwhile_is_not_overwritten(bench: Bench) -> None:
    edited = bench.rule + "# mine\n"
    confirmed = bench.confirm(edited)
    bench.file.write_text(theirs := bench.rule + "# theirs\n", encoding="utf-8")
    for deed in ("save", "review"):
        answer = bench.do(deed, edited, {"confirmed": confirmed})
        assert (answer.status, "was changed since it was opened here" in answer.text) == (409, True)
    assert bench.file.read_text(encoding="utf-8") == theirs


def test_a_symbolic_link_is_not_followed(bench: Bench, tmp_path: Path) -> None:
    edited = bench.rule + "# more\n"
    confirmed = bench.confirm(edited)
    target = tmp_path / "elsewhere.yaml"
    target.write_text(bench.rule, encoding="utf-8")
    bench.file.unlink()
    bench.file.symlink_to(target)
    answer = bench.do("save", edited, {"confirmed": confirmed})
    assert (answer.status, "symbolic link" in answer.text) == (403, True)
    assert bench.file.is_symlink()
    assert target.read_text(encoding="utf-8") == bench.rule


def test_a_rule_with_a_fault_is_not_written(bench: Bench) -> None:
    for deed in ("review", "save", "read", "try"):
        assert bench.do(deed, bench.rule + "colour: red\n").status == 422
    assert bench.file.read_text(encoding="utf-8") == bench.rule


# --- doors ------------------------------------------------------------------------------------------


def test_without_a_password_all_can_be_tried_and_nothing_saved(desk: Desk, newsroom: Newsroom) -> None:
    rule = desk.room.program.rule.read_text(encoding="utf-8")
    visitor = desk.visitor()
    open_ = Bench(desk=desk, site=newsroom.site, visitor=visitor, rule=rule)
    assert "set FACTWATCH_PASSWORD" in words(open_.open())
    assert "Nothing is stored of its feeds yet." in words(open_.do("try").text)
    edited = rule + "# more\n"
    assert open_.confirm(edited) == ""
    answer = open_.do("save", edited, {"confirmed": "x"})
    assert (answer.status, "only behind a password" in answer.text) == (403, True)
    assert open_.file.read_text(encoding="utf-8") == rule


def test_without_a_login_nothing_is_shown_or_done(bench: Bench) -> None:
    stranger = bench.desk.visitor()
    assert stranger.get("/lab/bridge").headers["location"].startswith("/login")
    stranger.get("/login")
    assert stranger.post("/lab/bridge/save", {"rule": bench.rule}).status == 401


def test_a_page_of_another_site_or_without_the_token_saves_nothing(bench: Bench) -> None:
    edited = bench.rule + "# more\n"
    fields = {"confirmed": bench.confirm(edited)}
    assert bench.do("save", edited, fields, Origin="https://evil.example").status == 403
    assert bench.do("save", edited, fields, Sec_Fetch_Site="cross-site").status == 403
    assert bench.do("save", edited, {**fields, "token": ""}).status == 403
    assert bench.file.read_text(encoding="utf-8") == bench.rule


@pytest.mark.parametrize(
    "name", ["..%2f..%2fseeds%2fbridge", "..", "bridge.yaml", "%2fetc%2fpasswd", "bridge%00", "bridge/../bridge"]
)
def test_a_watch_is_looked_up_and_never_a_path(bench: Bench, name: str) -> None:
    for answer in (bench.visitor.get(f"/lab/{name}"), bench.visitor.post(f"/lab/{name}/save", {"rule": "x"})):
        assert answer.status in (404, 405)


def test_a_body_beyond_all_measure_is_not_read_and_a_large_rule_is_not_taken(bench: Bench) -> None:
    assert bench.do("check", Content_Length=str(LARGEST_BODY + 1)).status == 413
    for more, why in (("#" * 200_000, "is larger than 200,000 bytes"), ("\n" * 5_001, "is longer than 5,000 lines")):
        answer = bench.do("check", bench.rule + more)
        assert (answer.status, why in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("yaml", "why"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors and aliases"),
        ("!!python/object/apply:os.system [id]\n", "tags (!) are not allowed"),
        ("[" * 5000, "levels deep"),
        ("version: 1\x00\n", "a control character"),
        ("", "the file is empty"),
        ("<script>alert(1)</script>: 1\n", "unknown key"),
    ],
)
def test_a_hostile_rule_is_a_fault_with_its_place(bench: Bench, yaml: str, why: str) -> None:
    answer = bench.do("try", yaml)
    assert (answer.status, why in answer.text) == (422, True), words(answer.text)
    assert 'data-line="' in answer.text
    assert all("src" in script for script in Outline(answer.text).all("script"))


def test_a_rule_leads_to_no_other_file_of_the_machine(bench: Bench) -> None:
    answer = bench.do("check", bench.rule.replace("../seeds/bridge.yaml", "../../../../../../../../etc/passwd"))
    assert (answer.status, "may not be opened from here" in answer.text) == (422, True)
    assert "root:" not in answer.text


def test_a_stranger_in_a_text_an_item_or_a_title_is_never_mark_up(bench: Bench) -> None:
    script = "<script>alert(1)</script>"
    for answer in (
        bench.read(f"Harbour Bridge {script}\n</textarea>{script} It will open in May 2029, {script} said."),
        bench.do("try", bench.rule.replace("title: The Harbour Bridge", f"title: '{script}'") + "alert: {certainty: rumour}\n"),
        bench.do("check", bench.rule + f"# </textarea>{script}\n"),
        bench.do("review", bench.rule + f"# {script}\n"),
    ):
        page = Outline(answer.text)
        assert (answer.status, page.open) == (200, [])
        assert all((element.get("src") or "").startswith("/static/") for tag in ("script", "img") for element in page.all(tag))
        assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "Harbour Bridge " * 15_000, "\x00\x1b[31m\u202e Harbour Bridge", "2027 " * 40_000, "\n" * 9_000 + "x"]
)
def test_a_hostile_text_is_read_to_its_end_or_cut(bench: Bench, text: str) -> None:
    answer = bench.read(text)
    assert answer.status == 200
    assert len(answer.text) < 150_000 + 2 * len(text)


# --- in a browser -----------------------------------------------------------------------------------


@needs_browser
def test_in_a_browser_a_rule_is_mended_tried_and_saved(bench: Bench) -> None:
    with open_window() as window:
        page = window.page
        window.open(f"{bench.desk.url}/lab")
        page.get_by_label("Password").fill(PASSWORD)
        window.press("Enter")
        page.wait_for_url("**/lab/bridge")
        page.get_by_label("A text, or the address of an article").fill("The Harbour Bridge will open in May 2029, the city said.")
        page.get_by_role("button", name="Read it").click()
        page.get_by_text("would be told", exact=True).wait_for()
        assert look_for_faults(window) == []
        page.get_by_label("The rule", exact=True).fill(bench.rule + "alert: {certainty: rumor}\n")
        page.get_by_role("button", name="Try on stored items").click()
        page.get_by_role("button", name="Go to line").click()
        assert page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart).trim()") == "rumor}"
        page.keyboard.type("rumour}")
        page.get_by_role("button", name="Try on stored items").click()
        page.get_by_role("heading", name="1 would appear").wait_for()
        assert look_for_faults(window) == []
        page.get_by_role("link", name="How the edited rule reads it").first.click()
        page.get_by_text("Held against what was in force when it came").wait_for()
        page.get_by_role("button", name="Save…").click()
        page.get_by_text("+alert: {certainty: rumour}").wait_for()
        assert look_for_faults(window) == []
        page.get_by_role("button", name="Write it").click()
        page.get_by_role("heading", name="saved").wait_for()
        assert bench.file.read_text(encoding="utf-8") == bench.rule + "alert: {certainty: rumour}\n"
        assert window.complaints == []

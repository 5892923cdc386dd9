"""The doors: each is tried from outside."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.store.tables import ended_sessions
from monitor.web.doors import LARGEST_BODY, own_path
from monitor.web.sessions import TRIES, hash_password, is_of_hash
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import open_room
from tests.web.desks import Desk, Visitor, open_desk

PASSWORD = "correct horse"


@pytest.fixture(params=["plain", "hashed"])
def locked(request: pytest.FixtureRequest, tmp_path: Path, newsroom: Newsroom) -> Iterator[Desk]:
    password = PASSWORD if request.param == "plain" else hash_password(PASSWORD)
    with open_room(tmp_path, newsroom.url, FACTWATCH_PASSWORD=password) as room, open_desk(room) as desk:
        yield desk


def log_in(desk: Desk, password: str = PASSWORD, target: str = "/") -> tuple[Visitor, int]:
    visitor = desk.visitor()
    visitor.get("/login")
    return visitor, visitor.post("/login", {"password": password, "next": target}).status


# --- who may ----------------------------------------------------------------------------------------


def test_without_a_password_there_is_no_login(desk: Desk) -> None:
    visitor = desk.visitor()
    assert visitor.get("/login").headers["location"] == "/"
    assert visitor.get("/").status == 303


def test_with_one_each_page_leads_to_the_login_and_back(locked: Desk) -> None:
    visitor = locked.visitor()
    assert visitor.get("/changes?view=all").headers["location"] == "/login?next=%2Fchanges%3Fview%3Dall"
    assert visitor.get("/healthz").status == 200
    visitor.get("/login?next=%2Fchanges%3Fview%3Dall")
    assert visitor.post("/login", {"password": PASSWORD, "next": "/changes?view=all"}).headers["location"] == "/changes?view=all"
    assert visitor.get("/").headers["location"] == "/changes"


def test_a_wrong_password_lets_nobody_in(locked: Desk) -> None:
    for wrong in ("", "correct", f"{PASSWORD} ", "ключ"):
        visitor, status = log_in(locked, wrong)
        assert (status, visitor.get("/").status) == (401, 303)
        assert visitor.get("/").headers["location"].startswith("/login")


def test_guessing_is_slow_and_the_right_password_waits_too(locked: Desk) -> None:
    for _ in range(TRIES):
        assert log_in(locked, "guess")[1] == 401
    assert log_in(locked)[1] == 429
    locked.room.clock.pass_by(seconds=61)
    assert log_in(locked)[1] == 303


def test_a_session_is_signed_ends_and_is_new_after_the_login(locked: Desk) -> None:
    visitor = locked.visitor()
    visitor.get("/login")
    before = visitor.cookie
    visitor.post("/login", {"password": PASSWORD})
    assert visitor.cookie != before
    forged = locked.visitor()
    forged.cookie = before.replace(".0.", ".1.")
    assert forged.get("/").headers["location"].startswith("/login")
    locked.room.clock.pass_by(days=31)
    assert visitor.get("/").headers["location"].startswith("/login")


def test_who_logs_out_is_out(locked: Desk) -> None:
    visitor, _ = log_in(locked)
    visitor.get("/nothing-here", Accept="text/html")
    copied, other = visitor.cookie, log_in(locked)[0]
    assert visitor.post("/logout").headers["location"] == "/login"
    assert visitor.get("/").headers["location"].startswith("/login")
    visitor.cookie = copied
    assert visitor.get("/").headers["location"].startswith("/login")
    assert visitor.get("/api/v1/changes").status == 401
    assert other.get("/").headers["location"] == "/changes"


def test_ends_of_sessions_are_forgotten_when_their_cookies_are_over(locked: Desk) -> None:
    for _ in range(2):
        visitor, _ = log_in(locked)
        visitor.get("/nothing-here", Accept="text/html")
        visitor.post("/logout")
        locked.room.clock.pass_by(days=31)
    with locked.room.context.store.reading() as connection:
        assert len(connection.execute(select(ended_sessions)).all()) == 1


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk: Desk) -> None:
    cookie = desk.visitor().get("/").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_behind_tls_it_is_secure(tmp_path: Path, newsroom: Newsroom) -> None:
    settings = {"FACTWATCH_PUBLIC_URL": "https://watch.example.org"}
    with open_room(tmp_path, newsroom.url, **settings) as room, open_desk(room) as desk:
        assert desk.visitor().get("/", Host="watch.example.org").headers["set-cookie"].endswith("; Secure")
        assert "Secure" not in desk.visitor().get("/").headers["set-cookie"]


def test_the_key_is_the_owners_only(desk: Desk) -> None:
    path = desk.room.context.store.path
    assert path is not None
    assert stat.S_IMODE((path.parent / "factwatch.key").stat().st_mode) == 0o600


def test_a_hash_is_of_its_password_only() -> None:
    assert is_of_hash("a", hash_password("a"))
    assert not is_of_hash("b", hash_password("a"))
    for broken in ("scrypt$", "scrypt$x$8$1$AA==$AA==", "scrypt$16384$8$1$-$-", "scrypt$3$8$1$AA==$AA=="):
        assert not is_of_hash("a", broken)


# --- from where -------------------------------------------------------------------------------------


def test_nothing_is_done_for_a_page_of_another_site(desk: Desk) -> None:
    visitor = desk.visitor()
    visitor.get("/nothing-here", Accept="text/html")
    for headers in (
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://127.0.0.1:{desk.port + 1}"},
    ):
        answer = visitor.post("/logout", **headers)
        assert (answer.status, "another site" in answer.text) == (403, True), headers


def test_nothing_is_done_without_the_token_of_the_session(desk: Desk) -> None:
    visitor, other = desk.visitor(), desk.visitor()
    other.get("/nothing-here", Accept="text/html")
    visitor.get("/nothing-here", Accept="text/html")
    assert visitor.post("/logout", {"token": ""}).status == 403
    assert visitor.post("/logout", {"token": "ключ"}).status == 403
    assert visitor.post("/logout", {"token": other.token}).status == 403
    assert visitor.send("DELETE", "/changes").status == 403
    assert visitor.post("/logout", Origin=desk.url, Sec_Fetch_Site="same-origin").status == 303


def test_what_no_form_can_send_reaches_the_api_without_one(desk: Desk) -> None:
    visitor = desk.visitor()
    json = {"Content-Type": "application/json"}
    assert visitor.send("POST", "/api/v1/nothing", body="{}", headers=json).status == 404
    assert visitor.send("POST", "/api/v1/nothing", body="{}", headers={**json, "Sec-Fetch-Site": "cross-site"}).status == 403
    assert visitor.send("POST", "/api/v1/nothing", body="{}", headers={"Content-Type": "text/plain"}).status == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "169.254.169.254"])
def test_a_host_that_is_none_of_ours_gets_no_page(desk: Desk, host: str) -> None:
    assert desk.visitor().get("/", Host=host).status == 400


# --- what is sent -----------------------------------------------------------------------------------


def test_a_body_beyond_all_measure_is_not_read(desk: Desk) -> None:
    visitor = desk.visitor()
    visitor.get("/nothing-here", Accept="text/html")
    assert visitor.post("/logout", Content_Length=str(LARGEST_BODY + 1)).status == 413


def test_where_to_go_after_a_login_is_on_this_site(locked: Desk) -> None:
    for target in (
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "evil",
        "javascript:alert(1)",
    ):
        assert own_path(target) == "/"
    visitor = locked.visitor()
    visitor.get("/login")
    answer = visitor.post("/login", {"password": PASSWORD, "next": "/changes\r\nX-Evil: 1"})
    assert (answer.headers["location"], "x-evil" in answer.headers) == ("/", False)


@pytest.mark.parametrize("path", ["/", "/login", "/healthz", "/nothing-here", "/static/factwatch.css", "/static/../doors.py"])
def test_every_answer_has_the_strict_headers(desk: Desk, path: str) -> None:
    headers = desk.visitor().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


def test_nothing_is_served_from_beside_the_assets(desk: Desk) -> None:
    for path in ("/static/../doors.py", "/static/%2e%2e/doors.py", "/static/..%2fdoors.py", "/static//etc/passwd"):
        assert desk.visitor().get(path).status == 404


def test_no_template_holds_code_and_nothing_comes_from_elsewhere() -> None:
    folder = Path(__file__).parents[2] / "monitor" / "web"
    for template in (folder / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe", text), template.name
        assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text), template.name
    for own in ("factwatch.css", "factwatch.js"):
        assert "http" not in (folder / "static" / own).read_text(encoding="utf-8").replace("http-equiv", "")

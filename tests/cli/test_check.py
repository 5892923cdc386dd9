from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from monitor.store.engine import open_store
from tests.cli.ledger import SEED, write_ledger, write_rules
from tests.config.rule_files import write_full, write_small

SOMEBODY = "json://localhost"


def factwatch(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from monitor.cli.app import main; main()", *arguments],
        env={"PATH": os.environ["PATH"], "HOME": "/nowhere", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_sound_rules_are_counted(tmp_path: Path) -> None:
    rules, surroundings = str(write_full(tmp_path)), {"FACTWATCH_AUTH_EXAMPLE_NET": "u:p"}
    done = factwatch("check", "--rules", rules, FACTWATCH_NOTIFY_URLS=SOMEBODY, **surroundings)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 watch, 6 facts, 3 feeds: in order\n", "")


def test_faults_of_all_files_come_at_once_with_status_2(tmp_path: Path) -> None:
    rules = write_full(tmp_path)
    write_small(rules, "other", more="accept: maybe\n")
    (tmp_path / "apprise").write_text("desk = slak://MARKED\n")
    done = factwatch(
        "check", FACTWATCH_RULES=str(rules), FACTWATCH_LOG_LEVEL="loud", FACTWATCH_APPRISE_CONFIG=str(tmp_path / "apprise")
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"{rules}/other.yaml:8:9: unknown way to accept 'maybe'; it may be auto or manual",
        "FACTWATCH_LOG_LEVEL: no log level; it may be debug, info, warning or error",
    ]


def test_tags_are_held_against_the_apprise_file(tmp_path: Path) -> None:
    rules = write_full(tmp_path)
    apprise = tmp_path / "apprise"
    apprise.write_text("analysts=json://localhost\n")
    done = factwatch("check", "--rules", str(rules), FACTWATCH_APPRISE_CONFIG=str(apprise), FACTWATCH_AUTH_EXAMPLE_NET="u:p")
    assert done.returncode == 2
    assert done.stderr == f"{rules}/acme-plant.yaml:31:101: no destination has the tag 'finance'; it may be analysts\n"


def test_delivery_yaml_beside_the_rules_is_checked_with_them(tmp_path: Path) -> None:
    rules, apprise = write_full(tmp_path), tmp_path / "apprise"
    apprise.write_text("analysts,finance=json://localhost\n")
    surroundings = {"FACTWATCH_APPRISE_CONFIG": str(apprise), "FACTWATCH_AUTH_EXAMPLE_NET": "u:p"}
    delivery = rules / "delivery.yaml"
    for text, fault in (
        ("version: 1\ntags: {analysts: {when: daily}}\n", ""),
        ("version: 1\ntags: {analysts: {wen: daily}}\n", f"{delivery}:2:19: unknown key 'wen'; did you mean 'when'?\n"),
        (
            "version: 1\ntags: {analyst: {}}\n",
            f"{delivery}:2:8: no destination has the tag 'analyst'; did you mean 'analysts'?\n",
        ),
    ):
        delivery.write_text(text)
        done = factwatch("check", "--rules", str(rules), **surroundings)
        assert (done.returncode, done.stderr) == (2 if fault else 0, fault)


def test_a_seed_that_the_ledger_knows_better_is_a_warning(tmp_path: Path) -> None:
    rules, database = write_rules(tmp_path), f"sqlite:///{tmp_path}/factwatch.db"
    store = open_store(database)
    write_ledger(store)
    store.close()
    seed = tmp_path / "seeds" / "acme.yaml"
    surroundings = {"FACTWATCH_DATABASE_URL": database, "FACTWATCH_NOTIFY_URLS": SOMEBODY}
    for text, warning in (
        (SEED, ""),
        (SEED.replace("opening: 2024", "opening: 2030"), f"{seed}:6:12: the ledger knows 2025-H1 by now; "),
        (SEED.replace("opening: 2024", "opening: 2030").replace("as_of: 2024-01-01", "as_of: 2025-01-01"), ""),
    ):
        seed.write_text(text, encoding="utf-8")
        done = factwatch("check", "--rules", str(rules), **surroundings)
        assert done.returncode == 0
        assert done.stderr == (f"{warning}write a newer as_of to overrule it (warning)\n" if warning else "")


def test_machines_get_json(tmp_path: Path) -> None:
    write_small(tmp_path, "one", more="accept: maybe\n")
    done = factwatch("check", "--rules", str(tmp_path), "--format", "json")
    assert done.returncode == 2
    (fault,) = json.loads(done.stdout)["faults"]
    assert (fault["file"], fault["line"], fault["column"]) == (f"{tmp_path}/one.yaml", 8, 9)
    assert done.stderr == ""


def test_words_show_what_cues_and_states_were_widened_to(tmp_path: Path) -> None:
    rules = write_full(tmp_path)
    done = factwatch("check", "--rules", str(rules), "--words", FACTWATCH_AUTH_EXAMPLE_NET="u:p")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert any(line.startswith("  about: ") and " -> " in line for line in lines)
    assert any(line.startswith("    zh  ") for line in lines)
    assert any(line.startswith("  state ") for line in lines)
    assert lines[-1] == "1 watch, 6 facts, 3 feeds: in order"
    answer = json.loads(
        factwatch("check", "--rules", str(rules), "--words", "--format", "json", FACTWATCH_AUTH_EXAMPLE_NET="u:p").stdout
    )
    assert len(answer["words"]) == 6
    assert any("de" in row["about"]["phrases"] for row in answer["words"])


def test_config_shows_origins_and_no_secret() -> None:
    environment = {"FACTWATCH_PASSWORD": "MARKED", "FACTWATCH_AUTH_X": "u:MARKED"}
    shown = factwatch("config", "--format", "json", **environment)
    assert json.loads(shown.stdout)["FACTWATCH_PASSWORD"] == {"value": "***", "origin": "environment"}
    human = factwatch("config", **environment)
    assert human.returncode == 0
    assert "MARKED" not in shown.stdout + human.stdout

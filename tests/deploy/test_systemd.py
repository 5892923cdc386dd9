"""The unit for systemd: Debian's own tools find it in order and tightly shut, and it fits the program that it starts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.config.settings import VARIABLES
from monitor.jobs import dispatching
from monitor.jobs.vitals import PATIENCE
from monitor.schedule import DRAIN, HUNG
from tests.deploy.debian import SYSTEMD_ANALYZE, needs_systemd

FOLDER = Path(__file__).parents[2] / "deploy" / "systemd"
UNIT = (FOLDER / "factwatch.service").read_text(encoding="utf-8")
LEAST_EXPOSED = 20  # tenths: what systemd-analyze calls "OK" begins at 2.0


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with its drop-in, as installed, but for the program's place, which verify looks for."""
    unit = tmp_path / "factwatch.service"
    unit.write_text(UNIT.replace("/opt/factwatch/bin/", f"{Path(sys.executable).parent}/"), encoding="utf-8")
    drop_ins = tmp_path / "factwatch.service.d"
    drop_ins.mkdir()
    (drop_ins / "secrets.conf").write_bytes((FOLDER / "secrets.conf").read_bytes())
    return unit


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SYSTEMD_ANALYZE, *arguments], capture_output=True, text=True, check=False)


def settings(section: str, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", section, flags=re.MULTILINE)


def seconds(name: str) -> float:
    (said,) = settings(UNIT, name)
    number, unit = re.fullmatch(r"(\d+)(min|)", said).groups()  # type: ignore[union-attr]
    return float(number) * (60 if unit else 1)


@needs_systemd
def test_systemd_finds_nothing_wrong(unit: Path) -> None:
    done = analyze("verify", "--man=no", unit)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@needs_systemd
def test_it_is_tightly_shut(unit: Path) -> None:
    done = analyze("security", "--offline=true", "--no-pager", f"--threshold={LEAST_EXPOSED - 1}", unit)
    assert done.returncode == 0, done.stdout


@needs_systemd
def test_a_looser_unit_would_be_noticed(unit: Path) -> None:
    unit.write_text(re.sub(r"(?m)^(Protect|Private|SystemCall).*$", "", unit.read_text(encoding="utf-8")), encoding="utf-8")
    assert analyze("security", "--offline=true", "--no-pager", f"--threshold={LEAST_EXPOSED - 1}", unit).returncode != 0


def test_every_setting_is_one_that_the_program_knows() -> None:
    text = UNIT + (FOLDER / "secrets.conf").read_text(encoding="utf-8")
    named = re.findall(r"^Environment=(\w+?)(?:_FILE)?=", text, flags=re.MULTILINE)
    assert len(named) == 3
    assert set(named) <= VARIABLES.keys()


def test_each_secret_is_a_credential_that_a_setting_names() -> None:
    text = (FOLDER / "secrets.conf").read_text(encoding="utf-8")
    loaded = set(re.findall(r"^LoadCredential=([^:]+):", text, flags=re.MULTILINE))
    assert loaded == set(re.findall(r"_FILE=%d/(\S+)$", text, flags=re.MULTILINE))


def test_it_waits_for_the_drain_and_for_our_own_watchdog_to_be_the_last() -> None:
    assert seconds("TimeoutStopSec") > DRAIN + dispatching.DRAIN
    assert seconds("WatchdogSec") > PATIENCE
    assert PATIENCE + seconds("WatchdogSec") < HUNG

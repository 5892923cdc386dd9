"""`delivery.yaml`: what it says, and every defect with its place and what would be right."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.config.deliveries import dangling_names, find_delivery_file, read_manners
from monitor.config.rulebook import load_rulebook
from monitor.config.settings import load_settings
from monitor.core.claims import Certainty
from monitor.core.telling.grouping import Grouping, Manner, Manners, QuietHours, Rhythm, Silence
from monitor.errors import FileFaults
from tests.config.rule_files import write_small

BERLIN = ZoneInfo("Europe/Berlin")
SOUND = """\
# yaml-language-server: $schema=../monitor/config/delivery.schema.json
version: 1
zone: Europe/Berlin
default: {when: hourly}
tags:
  analysts: {when: daily, at: 7:30, zone: Asia/Shanghai, group: watch}
  ops:
    quiet: {from: 22:00, to: 07:00, unless: official}
silences:
  - {until: 2024-06-03, watch: plant, note: trade fair}
  - {until: 2024-12-03 12:00, tag: desk, fact: plant/opening}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "delivery.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_says_when_and_how_the_readers_of_each_tag_are_told(tmp_path: Path) -> None:
    fair = Silence(until=datetime(2024, 6, 2, 22, tzinfo=UTC), watch="plant", reason="silenced (trade fair)")
    opening = Silence(until=datetime(2024, 12, 3, 11, tzinfo=UTC), watch="plant", fact="opening")
    hourly = Manner(rhythm=Rhythm.HOURLY, zone=BERLIN, silences=(fair,))
    assert read_manners(write(tmp_path, SOUND)) == Manners(
        by_tag={
            "analysts": Manner(
                rhythm=Rhythm.DAILY,
                at=time(7, 30),
                zone=ZoneInfo("Asia/Shanghai"),
                group=Grouping.WATCH,
                silences=(fair,),
            ),
            "ops": Manner(
                zone=BERLIN, quiet=(QuietHours(begin=time(22), end=time(7)),), loud=Certainty.OFFICIAL, silences=(fair,)
            ),
            "desk": Manner(rhythm=Rhythm.HOURLY, zone=BERLIN, silences=(fair, opening)),
        },
        other=hourly,
    )


def test_the_example_of_the_design_is_sound(tmp_path: Path) -> None:
    design = (Path(__file__).parents[2] / "DESIGN.md").read_text(encoding="utf-8")
    (example,) = (block for block in design.split("```yaml\n") if "delivery.schema.json" in block.partition("```")[0])
    manners = read_manners(write(tmp_path, example.partition("```")[0]))
    assert set(manners.by_tag) == {"analysts", "ops"}


def test_without_a_file_everything_is_told_at_once() -> None:
    assert read_manners(None) == Manners()


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("zone: Europe/Berlim", "2:7: 'Europe/Berlim' is no time zone; did you mean 'Europe/Berlin'?"),
        ("zone: Nowhere", "2:7: 'Nowhere' is no time zone; write its continent and city, for instance Europe/Berlin"),
        ("tag: {}", "2:1: unknown key 'tag'; did you mean 'tags'?"),
        ("tags: daily", "2:7: 'tags' wants keys of its own; write for instance tags: {analysts: {when: daily, at: 08:00}}"),
        ("tags: {ops: {wen: daily}}", "2:14: unknown key 'wen'; did you mean 'when'?"),
        ("tags: {ops: {when: dayly}}", "2:20: unknown way to tell 'dayly'; did you mean 'daily'?"),
        ("default: {at: 8}", "2:15: '8' is no time of day; write hours and minutes, for instance 08:00"),
        ("default: {when: daily, at: 24:00}", "2:28: '24:00' is no time of day; write hours and minutes, for instance 08:00"),
        (
            "default: {at: 08:00}",
            "2:10: at: is the time of a digest; write when: daily or when: hourly beside it, or leave it out",
        ),
        ("default: {group: watches}", "2:18: unknown grouping 'watches'; did you mean 'watch'?"),
        (
            "default: {quiet: {from: 22:00, to: 22:00}}",
            "2:18: quiet hours that begin when they end are none, or all day; write for instance from: 22:00, to: 07:00",
        ),
        ("default: {quiet: {from: 22:00}}", "2:11: 'to' is missing; write for instance to: 07:00"),
        (
            "default: {quiet: {from: 22:00, to: 07:00, unless: oficial}}",
            "2:51: unknown certainty 'oficial'; did you mean 'official'?",
        ),
        ("silences: [{tag: ops}]", "2:12: 'until' is missing; write for instance until: 2024-06-03 12:00"),
        (
            "silences: [{until: 2024-02-30}]",
            "2:20: '2024-02-30' is no moment; write a day or a day and a time, for instance 2024-06-03 12:00",
        ),
        (
            "silences: [{until: 2024-06-03, fact: opening}]",
            "2:38: 'opening' names no fact; write WATCH/FACT, for instance xiaomi-ev/launch",
        ),
        ("silences: [{until: 2024-06-03, watch: a, fact: a/b}]", "2:12: fact: names its watch already; remove watch:"),
    ],
)
def test_a_defect_is_told_with_its_place_and_what_would_be_right(tmp_path: Path, said: str, fault: str) -> None:
    path = write(tmp_path, f"version: 1\n{said}\n")
    with pytest.raises(FileFaults) as caught:
        read_manners(path)
    assert str(caught.value) == f"{path}:{fault}"


def test_names_that_nothing_has_are_faults(tmp_path: Path) -> None:
    path = write(tmp_path, SOUND)
    write_small(tmp_path, "plants", name="plants")
    faults = dangling_names(path, watches=load_rulebook(tmp_path).watches, tags=["analysts", "oops"])
    assert [str(fault).removeprefix(f"{path}:") for fault in sorted(faults)] == [
        "7:3: no destination has the tag 'ops'; did you mean 'oops'?",
        "10:32: the rules have no watch 'plant'; did you mean 'plants'?",
        "11:36: no destination has the tag 'desk'; it may be analysts or oops",
        "11:48: the rules have no fact 'plant/opening'; did you mean 'plants/opening'?",
    ]


def test_it_lies_beside_the_rules_unless_the_settings_name_another(tmp_path: Path) -> None:
    rules, elsewhere = tmp_path / "rules", tmp_path / "elsewhere.yaml"
    rules.mkdir()
    elsewhere.write_text(SOUND, encoding="utf-8")
    surroundings = {"HOME": str(tmp_path), "FACTWATCH_RULES": str(rules)}
    settings = load_settings(surroundings)
    assert find_delivery_file(settings) is None
    beside = write(rules, SOUND)
    assert find_delivery_file(settings) == beside
    beside.unlink()
    assert find_delivery_file(load_settings(surroundings | {"FACTWATCH_DELIVERY": str(elsewhere)})) == elsewhere

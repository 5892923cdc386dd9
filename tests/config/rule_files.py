"""Rule files to test with: one that uses everything, and a writer of small ones."""

from __future__ import annotations

from pathlib import Path

FULL_RULE = """\
# yaml-language-server: $schema=../monitor/config/watch.schema.json
version: 1
watch: acme-plant
title: Acme's new plant
baseline: ../seeds/acme-plant.yaml
subject:
  names: [Acme, 顶点]
  not: [Globex, NO]
  officials: [Ada Brown]
since: 2023-11-08
feeds:
  - https://example.org/feed.xml
  - {url: https://example.net/rss, every: 15m, tier: gossip, label: Example Net, auth: example-net}
  - {page: https://example.org/status, select: main .news li}
archive: ../seeds/acme-plant.jsonl
facts:
  opening:
    title: Opening
    kind: period
    about: [opening, opens]
    with: [plant]
    not: [shop]
    event: end
    overdue: 2w
    fiscal_year_start: 4
  construction:
    {title: Start of construction, kind: period, about: [construction]}
  jobs:
    {title: Jobs, kind: quantity, unit: job, about: [jobs], tolerance: 2.5%, plausible: 50..10000, exact: true}
  cost:
    {title: Cost, kind: money, currency: EUR, about: [cost], alert: {certainty: official}, notify: [finance]}
  subsidy:
    {title: Subsidised part, kind: share, about: [subsidy]}
  permit:
    title: Permit
    kind: status
    about: [permit]
    states: {none: [no permit], applied: [applied for], granted: [granted, 获批]}
alert: {on: [changes, completed], certainty: reported, sources: 2, wait: 30m}
notify: [analysts]
accept: manual
tests:
  - text: Acme opens its plant in the second half of 2025.
    published: 2024-01-10
    known: {opening: 2025-H1, permit: granted}
    expect: {opening: {verdict: changes, value: 2025-07/2025-12}}
  - text: Globex opens a shop.
    published: 2024-01-10
    expect: {}
"""

FULL_SEED = """\
version: 1
watch: acme-plant
as_of: 2024-01-01
source: {title: Annual report, publisher: Acme, date: 2023-12-20, url: https://example.org/report}
facts:
  opening: 2025
  construction: {value: 2022-04/2023-06, note: said by Ada Brown, as_of: 2024-02-01}
  jobs: {value: '1,200 jobs', source: Town council}
  cost: 2.5 EUR
  permit: none
"""

FULL_ARCHIVE = """\
{"published": "2024-03-02T09:30:00+08:00", "source": "Acme News", "lang": "zh", "title": "顶点获批", "body": "获批。", "url": "https://example.org/2"}
{"published": "2024-03-01", "source": "Acme News", "title": "Acme applies for its permit"}
"""

SMALL_RULE = """\
version: 1
watch: {id}
title: A subject
subject: {{names: [Acme]}}
feeds: [https://example.org/{id}.xml]
facts:
  opening: {{title: Opening, kind: period, about: [opening]}}
"""


def write_full(folder: Path) -> Path:
    """Write the rule that uses everything, with its seed and archive; the folder of the rule is returned."""
    for name, text in {
        "rules/acme-plant.yaml": FULL_RULE,
        "seeds/acme-plant.yaml": FULL_SEED,
        "seeds/acme-plant.jsonl": FULL_ARCHIVE,
    }.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "rules"


def write_small(folder: Path, watch: str, *, name: str = "", more: str = "") -> Path:
    """Write a small sound rule."""
    path = folder / f"{name or watch}.yaml"
    path.write_text(SMALL_RULE.format(id=watch) + more, encoding="utf-8")
    return path

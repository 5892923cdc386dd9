"""How long reading and judging an item takes: printed, never asserted. Run with ``make bench``."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from time import process_time

from monitor.config.lexicons import load_library
from monitor.config.rulebook import load_rulebook
from monitor.jobs.answering import Reader, answer

NEWS = Path(__file__).parent.parent / "golden" / "news"


def test_reading_an_item() -> None:
    began = process_time()
    library = load_library()
    loaded = process_time()
    reader = Reader.build(load_rulebook(NEWS / "rules").watches, library)
    built = process_time()
    rows = [json.loads(line) for path in sorted(NEWS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    times = []
    for row in rows:
        start = process_time()
        list(answer(row, reader))
        times.append(1000 * (process_time() - start))
    ranked = sorted(times)
    print(f"\nlexicons {loaded - began:.2f} s, {len(reader.words)} watches {built - loaded:.2f} s of CPU")
    print(
        f"{len(rows)} items: median {median(times):.2f} ms, 95 in 100 below {ranked[int(0.95 * len(ranked))]:.2f} ms of CPU each"
    )
    assert len(times) == len(rows)

"""From labelled items to the linker's weights.

Run as ``make train``: the labelled items and their rules in, the weights as a readable file out. The figures that it prints are
of watches that were left out of the learning, so that they speak of subjects that it has not seen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from monitor.config.lexicons import load_library
from monitor.config.rulebook import load_rulebook
from monitor.core.items import Item
from monitor.core.judging.comparing import judge
from monitor.core.reading.candidates import Candidate
from monitor.core.reading.extracting import all_candidates, claim_of, look
from monitor.core.reading.features import describe_all
from monitor.core.reading.lexicons import Library
from monitor.core.reading.linking import Link
from monitor.core.reading.scenes import Scene
from monitor.core.reading.watchwords import prepare_watch
from monitor.core.watches import Watch
from monitor.jobs.cases import LabelledItem, known_values, read_cases
from monitor.jobs.learning import THRESHOLDS, Study, figures_at, judge_held_out, learn
from monitor.jobs.truths import truths_of


def study(cases: Sequence[LabelledItem], watches: Mapping[str, Watch], library: Library) -> Iterator[Study]:
    """Every candidate of every item, with the truth where it is learned from.

    That is so for one that would move its fact if it were believed. The others cannot do harm: a candidate that repeats what is
    known, or that only asks or denies, moves nothing; but they stand beside those that do.
    """
    words = {key: prepare_watch(watch, library.concepts, stop_words=library.stop_words) for key, watch in watches.items()}
    for case in cases:
        scene, _ = look(case.item, words[case.watch], known_values(case, watches[case.watch], library.units), library)
        candidates = tuple(all_candidates(scene, library))
        truths = truths_of(candidates, case, library.units)
        yield Study(
            watch=case.watch,
            candidates=candidates,
            features=tuple(describe_all(candidates, scene)),
            truths=tuple(
                truth if _would_move(candidate, scene, case.item) else None
                for candidate, truth in zip(candidates, truths, strict=True)
            ),
        )


def _would_move(candidate: Candidate, scene: Scene, item: Item) -> bool:
    claim = claim_of(Link(candidate=candidate, probability=1.0, is_believed=True, parts=()), scene, item)
    judgement = judge(claim, scene.known[candidate.fact.key], candidate.fact) if claim else None
    return judgement is not None and judgement.moves


def tabulate(studies: Sequence[Study]) -> dict[str, Any]:
    """The table of ``linker.yaml``."""
    weights, standings = learn(studies)
    return {
        family: {"threshold": THRESHOLDS[family], "weights": weights[family], "standings": standings[family]}
        for family in sorted(weights)
    }


def main(folder: Path, cases: Sequence[Path], target: Path) -> None:
    """Learn from the cases of a folder of rules and write the weights."""
    studies = list(study(list(read_cases(cases)), load_rulebook(folder).watches, load_library()))
    for family, judged in sorted(judge_held_out(studies).items()):
        precision, recall = figures_at(judged, THRESHOLDS[family])
        links = sum(truth for _, truth in judged)
        print(f"{family}: {len(judged)} candidates, {links} links; left out: precision {precision:.2f}, recall {recall:.2f}")
    text = yaml.safe_dump(tabulate(studies), allow_unicode=True, width=130)
    target.write_text(
        "# What speaks for and against a link, learned from labelled items by `make train`.\n" + text, encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[3:]], Path(sys.argv[2]))

"""Learning the linker's weights from labelled items; only this needs scikit-learn.

Run as ``make train``: the labelled items and their rules in, the weights as a readable file out. Evaluation leaves one whole
watch out at a time, so that its figures speak of subjects that were not learned from.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from monitor.config.lexicons import load_library
from monitor.config.rulebook import load_rulebook
from monitor.core.items import Item
from monitor.core.judging.comparing import judge
from monitor.core.reading.candidates import Candidate, Making
from monitor.core.reading.extracting import all_candidates, claim_of, look
from monitor.core.reading.features import describe
from monitor.core.reading.lexicons import Library
from monitor.core.reading.linking import Link, family_of, probability_of
from monitor.core.reading.scenes import Scene
from monitor.core.reading.watchwords import prepare_watch
from monitor.core.watches import Watch
from monitor.jobs.cases import LabelledItem, is_value_of, known_values, read_cases

STRENGTH = 0.2  # inverse of the regularisation; chosen by leaving watches out
LEAST_WEIGHT = 0.05
LEAST_WATCHES = 3  # a feature that fewer watches show says more of them than of news
# At which alerts on watches that were left out are right three times in four; undated events are too few to trust lightly.
THRESHOLDS = {"amount": 0.52, "event": 0.8, "period": 0.52, "status": 0.52}
_UNCOUNTED = frozenset({"denied_change"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One candidate of a labelled item with its features and the truth."""

    family: str
    watch: str
    features: Mapping[str, float]
    is_link: bool


def collect(cases: Sequence[LabelledItem], watches: Mapping[str, Watch], library: Library) -> Iterator[Sample]:
    """Every candidate that would move its fact if it were believed, but those that a label leaves open.

    The others cannot do harm: a candidate that repeats what is known, or that only asks or denies, moves nothing.
    """
    words = {key: prepare_watch(watch, library.concepts, stop_words=library.stop_words) for key, watch in watches.items()}
    for case in cases:
        watch = watches[case.watch]
        scene, _ = look(case.item, words[case.watch], known_values(case, watch, library.units), library)
        for candidate in all_candidates(scene, library):
            truth = _truth(candidate, case, scene.published, library)
            if truth is not None and _would_move(candidate, scene, case.item):
                yield Sample(family=family_of(candidate), watch=case.watch, features=describe(candidate, scene), is_link=truth)


def _would_move(candidate: Candidate, scene: Scene, item: Item) -> bool:
    claim = claim_of(Link(candidate=candidate, probability=1.0, is_believed=True, parts=()), scene, item)
    judgement = judge(claim, scene.known[candidate.fact.key], candidate.fact) if claim else None
    return judgement is not None and judgement.moves


def _truth(candidate: Candidate, case: LabelledItem, published: date, library: Library) -> bool | None:
    labels = [label for label in case.labels if label.fact == candidate.fact.key]
    if any(label.verdict in _UNCOUNTED for label in labels):
        return None
    if candidate.making is Making.UNDATED:
        is_link = any(
            label.verdict in ("completed", "cancelled") or label.value.startswith(f"{published:%Y-%m}") for label in labels
        )
    else:
        value = candidate.value
        is_link = value is not None and any(is_value_of(value, label, candidate.fact, library.units) for label in labels)
    if not is_link and candidate.fact.key in case.lenient:
        return None
    return is_link


def fit(samples: Sequence[Sample]) -> dict[str, float]:
    """Weights by feature name."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    watches: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        for name in sample.features:
            watches[name].add(sample.watch)
    common = {name for name, seen in watches.items() if len(seen) >= LEAST_WATCHES}
    vectors = DictVectorizer()
    table = vectors.fit_transform(
        [{name: value for name, value in sample.features.items() if name in common} for sample in samples]
    )
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    model.fit(table, [sample.is_link for sample in samples])
    weights = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 2) for name, weight in weights if abs(weight) >= LEAST_WEIGHT}


def odds(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The linker's sum."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def held_out(samples: Sequence[Sample]) -> list[tuple[float, bool]]:
    """Each sample's odds under weights learned without its watch, with the truth."""
    judged = []
    for watch in sorted({sample.watch for sample in samples}):
        weights = fit([sample for sample in samples if sample.watch != watch])
        judged += [(odds(sample.features, weights), sample.is_link) for sample in samples if sample.watch == watch]
    return judged


def figures_at(judged: Sequence[tuple[float, bool]], threshold: float) -> tuple[float, float]:
    """Precision and recall of the links that are believed at a probability."""
    believed = [truth for at, truth in judged if probability_of(at) >= threshold]
    links = sum(truth for _, truth in judged)
    return sum(believed) / max(1, len(believed)), sum(believed) / max(1, links)


def train(samples: Sequence[Sample]) -> dict[str, Any]:
    """The table of ``linker.yaml``; prints how each family does on watches that were left out."""
    families: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        families[sample.family].append(sample)
    table = {}
    for family, members in sorted(families.items()):
        precision, recall = figures_at(held_out(members), THRESHOLDS[family])
        links = sum(sample.is_link for sample in members)
        print(f"{family}: {len(members)} candidates, {links} links; left out: precision {precision:.2f}, recall {recall:.2f}")
        table[family] = {"threshold": THRESHOLDS[family], "weights": fit(members)}
    return table


def main(folder: Path, cases: Sequence[Path], target: Path) -> None:
    """Learn from the cases of a folder of rules and write the weights."""
    library = load_library()
    samples = list(collect(list(read_cases(cases)), load_rulebook(folder).watches, library))
    text = yaml.safe_dump(train(samples), allow_unicode=True, width=130)
    target.write_text(
        "# What speaks for and against a link, learned from labelled items by `make train`.\n" + text, encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[3:]], Path(sys.argv[2]))

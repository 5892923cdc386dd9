"""Learning the linker's weights from candidates whose truth is known; only this needs scikit-learn.

Two steps, as in ``linking``: the weights of a candidate by itself, then those of its standing among the others. The odds that the
second step learns from come from weights that were learned without the watch, as those of an unseen subject will.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.linking import Model, family_of, first_odds, odds_of
from monitor.core.reading.standings import compare, probability_of

STRENGTH, STANDING_STRENGTH = 0.5, 1.0  # inverse of the regularisation; chosen by leaving watches out
LEAST_WEIGHT = 0.03
LEAST_WATCHES = 3  # a feature that fewer watches show says more of them than of news
# At which alerts on watches that were left out are right three times in four; shares are rarely mistaken.
THRESHOLDS = {"amount": 0.42, "period": 0.42, "share": 0.35, "status": 0.42}
_OWN_PART = 0.5  # how freely a family departs from what all share
_FOLDS = 10

Weights = dict[str, dict[str, float]]  # by family and name of the feature


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """The candidates of one labelled item, side by side.

    Attributes:
        features: Of each candidate.
        truths: None for a candidate that is not learned from, as are events without a date, which are judged by rule.
    """

    watch: str
    candidates: tuple[Candidate, ...]
    features: tuple[Mapping[str, float], ...]
    truths: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    family: str
    watch: str
    features: Mapping[str, float]
    is_link: bool


def learn(studies: Sequence[Study]) -> tuple[Weights, Weights]:
    """Weights of the features, and of the standings."""
    odds = held_out_odds(studies)
    weights = _fit(_samples(studies, [study.features for study in studies]), STRENGTH)
    standings = [compare(study.candidates, of) for study, of in zip(studies, odds, strict=True)]
    return weights, _fit(_samples(studies, standings), STANDING_STRENGTH)


def held_out_odds(studies: Sequence[Study]) -> list[list[float]]:
    """Each candidate's odds by itself, under weights that were learned without its fold of watches."""
    weights = {
        fold: _fit(_samples(rest, [study.features for study in rest]), STRENGTH)
        for fold in {fold_of(study.watch) for study in studies}
        if (rest := [study for study in studies if fold_of(study.watch) != fold])
    }
    return [odds_by_itself(study, weights.get(fold_of(study.watch), {})) for study in studies]


def odds_by_itself(study: Study, weights: Weights) -> list[float]:
    """The first sum of each candidate."""
    models = {
        family: Model(weights=weights.get(family, {}), standings={}, threshold=threshold)
        for family, threshold in THRESHOLDS.items()
    }
    return [first_odds(candidate, features, models) for candidate, features in zip(study.candidates, study.features, strict=True)]


def fold_of(watch: str) -> int:
    """Which tenth of the watches a watch belongs to; the same on every machine."""
    return crc32(watch.encode()) % _FOLDS


def judge_held_out(studies: Sequence[Study]) -> dict[str, list[tuple[float, bool]]]:
    """By family, each candidate's final odds under weights that were learned without its fold of watches, with the truth."""
    judged: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for fold in sorted({fold_of(study.watch) for study in studies}):
        weights, standings = learn([study for study in studies if fold_of(study.watch) != fold])
        for study in studies:
            if fold_of(study.watch) != fold:
                continue
            standing = compare(study.candidates, odds_by_itself(study, weights))
            for candidate, found, truth in zip(study.candidates, standing, study.truths, strict=True):
                if truth is not None:
                    family = family_of(candidate)
                    judged[family].append((odds_of(found, standings.get(family, {})), truth))
    return judged


def figures_at(judged: Sequence[tuple[float, bool]], threshold: float) -> tuple[float, float]:
    """Precision and recall of the links that are believed at a probability."""
    believed = [truth for at, truth in judged if probability_of(at) >= threshold]
    links = sum(truth for _, truth in judged)
    return sum(believed) / max(1, len(believed)), sum(believed) / max(1, links)


def _samples(studies: Sequence[Study], features: Sequence[Sequence[Mapping[str, float]]]) -> list[_Sample]:
    return [
        _Sample(family=family_of(candidate), watch=study.watch, features=found, is_link=truth)
        for study, described in zip(studies, features, strict=True)
        for candidate, found, truth in zip(study.candidates, described, study.truths, strict=True)
        if truth is not None
    ]


def _fit(samples: Sequence[_Sample], strength: float) -> Weights:
    """Weights of all families at once, each feature with a part that all share and a part of the family's own.

    So what holds everywhere is learned from all samples, and a family that has few departs from it only as far as they tell.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    families = sorted({sample.family for sample in samples})
    common = _common_names(samples)
    own = {family: _common_names([sample for sample in samples if sample.family == family]) for family in families}
    vectors = DictVectorizer()
    table = vectors.fit_transform([dict(_parted(sample, common, own[sample.family])) for sample in samples])
    model = LogisticRegression(C=strength, max_iter=3000, fit_intercept=False)
    model.fit(table, [sample.is_link for sample in samples])
    learned = {str(name): float(weight) for name, weight in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)}
    whole = {
        family: {
            name: round(learned.get(f"all: {name}", 0.0) + _OWN_PART * learned.get(f"{family}: {name}", 0.0), 2)
            for name in sorted(common)
        }
        for family in families
    }
    return {
        family: {name: weight for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}
        for family, weights in whole.items()
    }


def _parted(sample: _Sample, common: Collection[str], own: Collection[str]) -> Iterator[tuple[str, float]]:
    for name, value in sample.features.items():
        if name in common:
            yield f"all: {name}", value
        if name in own:
            yield f"{sample.family}: {name}", _OWN_PART * value


def _common_names(samples: Sequence[_Sample]) -> Collection[str]:
    watches: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        for name in sample.features:
            watches[name].add(sample.watch)
    return {name for name, seen in watches.items() if len(seen) >= LEAST_WATCHES}

"""Scores an annotator's coreference against marked texts. Pure but for the annotator it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from ingest.evaluate.coreference import (
    MEASURES,
    Decisions,
    Sides,
    antecedent_counts,
    chain_scores,
    conll,
    decisions,
    standing_for,
)
from ingest.evaluate.coreference_gold import Ambiguous, Discourse
from ingest.evaluate.gold import Fragment
from ingest.evaluate.metrics import Counts, exact, total
from ingest.evaluate.report import Annotator
from ingest.model import Coreference, Span

One = TypeVar("One")
LINKED = 0.25
"""From which confidence on an expression is taken to mean what its likeliest antecedent means."""
MEANT = 0.15
"""From which probability on a pronoun is taken to mean the likelier of two names: often one of them is meant."""


def chains_of(found: Iterable[Coreference], linked: float = LINKED) -> list[list[Fragment]]:
    """The chains that an annotator's answer comes to: each expression with its likeliest antecedent."""
    chain: dict[Fragment, int] = {}
    chains: list[list[Fragment]] = []
    for expression, antecedent in antecedents(found, linked).items():
        if expression in chain:
            continue
        if antecedent not in chain:
            chain[antecedent] = len(chains)
            chains.append([antecedent])
        chain[expression] = chain[antecedent]
        chains[chain[antecedent]].append(expression)
    return chains


def antecedents(found: Iterable[Coreference], linked: float = LINKED) -> dict[Fragment, Fragment]:
    """Of each expression the likeliest antecedent, which comes first, where it is as likely as ``linked``."""
    likeliest: dict[Fragment, Coreference] = {}
    for one in found:
        likeliest.setdefault(_place(one.expression), one)
    return {place: _place(one.antecedent) for place, one in likeliest.items() if one.confidence >= linked}


def _place(span: Span) -> Fragment:
    return span.start, span.end


def chances(found: Sequence[Coreference], text: Ambiguous) -> tuple[float, float]:
    """How probable it is that the pronoun of a text means each of its names.

    Each expression means what it is linked to means, so two mean the same where their links lead to one; links of
    different expressions are taken for independent. 0 where a name or the pronoun was not found.
    """
    places = sorted({_place(span) for one in found for span in (one.expression, one.antecedent)})
    number = {place: at for at, place in enumerate(places)}
    links = np.zeros((len(places), len(places)))
    for one in found:
        links[number[_place(one.expression)], number[_place(one.antecedent)]] = one.confidence
    same = same_thing(links)
    pronoun = number.get(text.pronoun)
    answers = []
    for name in text.names:
        stands = standing_for(name, places, text.text)
        known = pronoun is not None and stands is not None and number[stands] != pronoun
        answers.append(float(same[pronoun, number[stands]]) if known and stands is not None else 0.0)
    return answers[0], answers[1]


def meant(likely: tuple[float, float]) -> tuple[bool, bool]:
    """Which of two names a pronoun means: the likelier one or neither, since in GAP it is never both."""
    first, second = likely
    return first >= max(second, MEANT), second > first and second >= MEANT


def same_thing(links: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """``[n, n]``: how probable it is that two expressions mean the same, from the probability of each link to an
    earlier one ``[n, n]``."""
    same = np.eye(len(links))
    for at in range(1, len(links)):
        same[at, :at] = same[:at, at] = links[at, :at] @ same[:at, :at]
    return same


@dataclass(frozen=True, slots=True)
class CoreferenceReport:
    """What was measured: of each document its measures, and what else is counted by its name; of each pronoun the
    decisions."""

    documents: tuple[tuple[str, Mapping[str, Sides], Mapping[str, Counts]], ...] = ()
    pronouns: tuple[tuple[str, bool, Decisions], ...] = ()
    task = "coreference"

    def as_json(self, *, rounds: int = 1000, seed: int = 0) -> dict[str, Any]:
        """Every figure with its 95 % interval from resampling texts, as fractions; all texts, the worst first."""
        figures: dict[str, Any] = {}
        if self.documents:
            figures.update(self._chains(rounds, seed))
        if self.pronouns:
            figures.update(self._pronouns(rounds, seed))
        texts = len(self.documents) + len(self.pronouns)
        return {"task": self.task, "texts": texts, "figures": figures, "worst": self._worst()}

    def _chains(self, rounds: int, seed: int) -> dict[str, Any]:
        scores = [one for _, one, _ in self.documents]
        whole = {name: sum((one[name] for one in scores), Sides()) for name in MEASURES}
        figures: dict[str, Any] = {
            "conll": {"f1": conll(scores), **_interval(scores, conll, rounds, seed)},
            **{
                name: {
                    "precision": sides.precision,
                    "recall": sides.recall,
                    "f1": sides.f1,
                    **_interval([one[name] for one in scores], lambda ones: sum(ones, Sides()).f1, rounds, seed),
                    "right": sides.right,
                    "found": sides.found,
                    "wanted": sides.wanted,
                }
                for name, sides in whole.items()
            },
        }
        for name in self.documents[0][2]:
            counts = [one[name] for _, _, one in self.documents]
            sides = total(counts)
            figures[name] = {
                "precision": sides.precision,
                "recall": sides.recall,
                "f1": sides.f1,
                **_interval(counts, lambda ones: total(ones).f1, rounds, seed),
                "right": sides.right,
                "found": sides.found,
                "wanted": sides.wanted,
            }
        return figures

    def _pronouns(self, rounds: int, seed: int) -> dict[str, Any]:
        every = [(feminine, one) for _, feminine, one in self.pronouns]
        figures: dict[str, Any] = {}
        for name, wanted in (("pronouns", (True, False)), ("masculine", (False,)), ("feminine", (True,))):
            ones = [one for feminine, one in every if feminine in wanted]
            whole = sum(ones, Decisions())
            figures[name] = {
                "precision": whole.right / max(1, whole.right + whole.wrong),
                "recall": whole.right / max(1, whole.right + whole.missed),
                "f1": whole.f1,
                **_interval(ones, lambda drawn: sum(drawn, Decisions()).f1, rounds, seed),
                "right": whole.right,
                "found": whole.right + whole.wrong,
                "wanted": whole.right + whole.missed,
            }
        figures["feminine_to_masculine"] = {"f1": ratio(every), **_interval(every, ratio, rounds, seed)}
        return figures

    def _worst(self) -> list[dict[str, Any]]:
        rows = [
            {"article": name, "f1": conll([scores]), "right": one.right, "found": one.found, "wanted": one.wanted}
            for name, scores, counts in self.documents
            for one in [counts["expressions"]]
        ]
        rows += [
            {
                "article": name,
                "f1": one.f1,
                "right": one.right,
                "found": one.right + one.wrong,
                "wanted": one.right + one.missed,
            }
            for name, _, one in self.pronouns
        ]
        return sorted(rows, key=lambda row: (row["f1"], -row["wanted"], row["article"]))


def ratio(pronouns: Iterable[tuple[bool, Decisions]]) -> float:
    """The F1 of feminine pronouns over that of masculine ones; 1 where there is none to compare with."""
    every = list(pronouns)
    feminine, masculine = (sum((one for is_, one in every if is_ is wanted), Decisions()) for wanted in (True, False))
    return feminine.f1 / masculine.f1 if masculine.f1 else 1.0


def _interval(
    ones: Sequence[One], figure: Callable[[Sequence[One]], float], rounds: int, seed: int
) -> dict[str, float]:
    """The bounds between which 95 of 100 resamplings of the texts fall, as ``metrics.bootstrap`` draws them."""
    if len(ones) < 2:
        value = figure(ones)
        return {"f1_low": value, "f1_high": value}
    random = np.random.default_rng(seed)
    draws = sorted(
        figure([ones[at] for at in random.integers(len(ones), size=len(ones)).tolist()]) for _ in range(rounds)
    )
    return {"f1_low": draws[int(rounds * 0.025)], "f1_high": draws[min(rounds - 1, int(rounds * 0.975))]}


def evaluate_coreference(
    documents: Sequence[Discourse], pronouns: Sequence[Ambiguous], annotator: Annotator
) -> CoreferenceReport:
    """Chains of documents, exact and without expressions that nothing else means; and whom pronouns mean."""
    texts = [one.text for one in documents] + [one.text for one in pronouns]
    answers = [answer.coreferences for answer in annotator.annotate(texts)]
    scored = []
    for document, answer in zip(documents, answers[: len(documents)], strict=True):
        found, wanted = chains_of(answer), document.chains()
        counts = {
            "expressions": exact((one for chain in found for one in chain), (one for chain in wanted for one in chain)),
            "antecedents": antecedent_counts(antecedents(answer), wanted),
        }
        scored.append((document.name, chain_scores(found, wanted), counts))
    decided = []
    for text, answer in zip(pronouns, answers[len(documents) :], strict=True):
        decided.append((text.name, text.feminine, decisions(meant(chances(answer, text)), text.means)))
    return CoreferenceReport(tuple(scored), tuple(decided))

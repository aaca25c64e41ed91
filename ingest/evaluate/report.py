"""Scores an annotator on a gold set: what ``onrecord evaluate`` prints. Pure but for the annotator it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from ingest.evaluate.gold import Article, Labelled, Paragraph, Triple
from ingest.evaluate.metrics import Counts, attribution_counts, bootstrap, reliability, total
from ingest.evaluate.names import CONLL_KINDS, name_counts
from ingest.evaluate.sentences import start_counts
from ingest.model import Annotations, Attribution, Span


class Annotator(Protocol):
    """As ``ingest.annotate.Annotator``: annotations of each text, in order."""

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]: ...


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured: per article, by the name of the figure; ``main`` is the figure that articles are ranked by.

    ``confidences`` has the confidence of each attribution that was found, and whether all of it was right.
    """

    task: str
    main: str
    articles: tuple[tuple[str, Mapping[str, Counts]], ...]
    confidences: tuple[tuple[float, bool], ...] = ()

    def figures(self) -> tuple[str, ...]:
        """The names of the figures, in the order in which they are printed."""
        return tuple(self.articles[0][1]) if self.articles else ()

    def counts(self, figure: str) -> list[Counts]:
        """One per article."""
        return [counts[figure] for _, counts in self.articles]

    def worst(self) -> list[tuple[str, Counts]]:
        """The articles by the F1 of the main figure, lowest first; without those that want and hold nothing."""
        ranked = [(name, counts[self.main]) for name, counts in self.articles]
        return sorted(
            ((name, counts) for name, counts in ranked if counts.wanted or counts.found),
            key=lambda item: (item[1].f1, -item[1].wanted, item[0]),
        )

    def as_json(self, *, rounds: int = 1000, seed: int = 0) -> dict[str, Any]:
        """Every figure with precision, recall, F1 and its 95 % interval, as fractions; all articles, worst first.

        Where there were attributions, ``confidence`` says how far their confidences can be relied on.
        """
        figures = {}
        for name in self.figures():
            counts = self.counts(name)
            whole, interval = total(counts), bootstrap(counts, rounds=rounds, seed=seed)
            figures[name] = {
                "precision": whole.precision,
                "recall": whole.recall,
                "f1": whole.f1,
                "f1_low": interval.low,
                "f1_high": interval.high,
                "right": whole.right,
                "found": whole.found,
                "wanted": whole.wanted,
            }
        worst = [
            {"article": name, "f1": counts.f1, "right": counts.right, "found": counts.found, "wanted": counts.wanted}
            for name, counts in self.worst()
        ]
        answer = {"task": self.task, "texts": len(self.articles), "figures": figures}
        if self.confidences:
            answer["confidence"] = asdict(reliability(self.confidences))
        return {**answer, "worst": worst}


def evaluate_attribution(articles: Sequence[Article], annotator: Annotator) -> Report:
    """Exact spans of each role, whole triples, and characters of each role."""
    scored = []
    confidences: list[tuple[float, bool]] = []
    found = annotator.annotate([article.text for article in articles])
    for article, answer in zip(articles, found, strict=True):
        triples = [as_triple(one) for one in answer.attributions]
        scored.append((article.name, attribution_counts(triples, article.attributions)))
        confidences.extend(judged(answer.attributions, article.attributions))
    return Report("attribution", "triple", tuple(scored), tuple(confidences))


def as_triple(attribution: Attribution) -> Triple:
    """The spans of an attribution as plain offsets, each role's fragments in order and once."""

    def plain(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
        return tuple(sorted({(span.start, span.end) for span in spans}))

    return Triple(plain(attribution.source), plain(attribution.cue), plain(attribution.content))


def judged(found: Iterable[Attribution], wanted: Iterable[Triple]) -> Iterator[tuple[float, bool]]:
    """The confidence of each triple found, the highest where it was found twice, and whether it is right."""
    right = set(wanted)
    confidences: dict[Triple, float] = {}
    for one in found:
        triple = as_triple(one)
        confidences[triple] = max(one.confidence, confidences.get(triple, 0.0))
    return ((confidence, triple in right) for triple, confidence in confidences.items())


def evaluate_names(texts: Sequence[Labelled], annotator: Annotator, kinds: Mapping[str, str] = CONLL_KINDS) -> Report:
    """Exact names with their kind, together and by kind; ``kinds`` maps the corpus's labels, others are not scored."""
    scored = []
    for number, (labelled, answer) in enumerate(
        zip(texts, annotator.annotate([one.text for one in texts]), strict=True)
    ):
        found = [(name.start, name.end, name.kind) for name in answer.names]
        wanted = [(start, end, kinds[label]) for start, end, label in labelled.spans if label in kinds]
        known = dict.fromkeys(kinds.values())
        counts = {"names": name_counts(found, wanted, known)}
        counts.update({kind: name_counts(found, wanted, [kind]) for kind in known})
        scored.append((f"{number + 1}: {labelled.text[:60]}", counts))
    return Report("names", "names", tuple(scored))


def evaluate_sentences(paragraphs: Sequence[Paragraph], annotator: Annotator) -> Report:
    """Sentence starts: ``inner`` leaves out each paragraph's first, ``all`` counts it."""
    scored = []
    for number, (paragraph, answer) in enumerate(
        zip(paragraphs, annotator.annotate([one.text for one in paragraphs]), strict=True)
    ):
        found = [span.start for span in answer.sentences]
        counts = {
            "all": start_counts(found, paragraph.starts),
            "inner": start_counts(found, paragraph.starts, inner=True),
        }
        scored.append((f"{number + 1}: {paragraph.text[:60]}", counts))
    return Report("sentences", "all", tuple(scored))

"""Who really spoke: labels made by hand, and how well answers agree with them. Pure.

A label says of one attribution, known by its article and its offsets, who the right speaker is. In a file of labels
each line is a JSON object:

=========================== =========================================================================================
article                     the name of the article
source, cue, content        ``[[start, end], ...]`` as people marked them
kinds                       the kinds that are right, the best first: those of a speaker; or ``none`` alone, where the
                            text has no agent; or ``open`` alone, where it leaves the speaker open
names                       the names that are right, the full one first; of the unnamed, the shortest descriptions
note                        why, where that is no matter of course
=========================== =========================================================================================

What the figures count, each as a share:

- ``resolved``: of the attributions that have a speaker, those answered with one. Of somebody who is named, only a name
  is an answer; whoever has no name in the text may be answered by a description.
- ``right``: of those resolved, the ones whose answer bears a name that is right. A description is right where it holds
  one of the label's as a run of whole words ("two officials familiar with the talks" for "officials").
- ``found``: of the attributions that have a speaker, those resolved and right.
- ``unnamed``: of those whose speaker has no name in the text, the ones resolved and right.
- ``none``: of those without an agent, the ones that are answered so.
- ``kind``: of those that are right, the ones whose kind is among the label's.

What is open counts nowhere.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from ingest.evaluate.gold import Article, Fragments, GoldError, Triple, read_text
from ingest.evaluate.mentions import TITLES
from ingest.evaluate.metrics import Counts, bootstrap, total
from ingest.model import SpeakerKind, SpeakerStatus

Verdict = Literal["right", "wrong", "unresolved"]
NO_AGENT, OPEN, UNNAMED = "none", "open", "unnamed"
FIGURES = ("resolved", "right", "found", UNNAMED, NO_AGENT, "kind")
_KINDS: Final = frozenset(get_args(SpeakerKind))
_DESCRIBED: Final = frozenset((UNNAMED, "group"))
_MARKS: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_ARTICLES: Final = frozenset(("the", "a", "an"))
_WORD: Final = re.compile(r"[\w'%$&.-]*\w[\w'%$&.-]*")


@dataclass(frozen=True, slots=True)
class Label:
    """Who the right speaker of an attribution is; the fields are those of a line of the file."""

    article: str
    triple: Triple
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    note: str = ""

    @property
    def has_speaker(self) -> bool:
        """Whether the text has somebody who says it, and tells who."""
        return self.kinds not in ((NO_AGENT,), (OPEN,))


@dataclass(frozen=True, slots=True)
class Answer:
    """Who was found to speak; ``name``, ``kind`` and ``method`` are empty where nobody was."""

    status: SpeakerStatus
    name: str = ""
    kind: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer beside its label, ``None`` where the attribution was not found; ``source`` are the source's words."""

    label: Label
    answer: Answer | None
    source: str


# --- labels ----------------------------------------------------------------------------------------------------


def draw(articles: Iterable[Article], count: int, seed: int) -> list[tuple[Article, Triple]]:
    """``count`` attributions of the articles at random, in the order of the articles; the same for the same seed.

    They are those with the smallest SHA-256 over seed, article and offsets: what else there is to draw from, and the
    release of Python, change nothing about which come first.
    """
    pool = [(article, triple) for article in articles for triple in dict.fromkeys(article.attributions)]

    def place(item: tuple[Article, Triple]) -> bytes:
        article, triple = item
        parts = [seed, article.name, triple.source, triple.cue, triple.content]
        return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode("ascii")).digest()

    drawn = sorted(pool, key=place)[:count]
    return sorted(drawn, key=lambda item: (item[0].name, item[1].content, item[1].source, item[1].cue))


def read_labels(path: Path) -> list[Label]:
    """The labels of a file. Raises ``GoldError`` naming the file, the line and what is wrong in it."""
    labels: list[Label] = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            labels.append(_label(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}: line {number}: not a label: {error}") from error
    twice = [label for label, times in Counter((one.article, one.triple) for one in labels).items() if times > 1]
    if twice:
        raise GoldError(f"{path}: {twice[0][0]}: an attribution is labelled twice: {twice[0][1]}")
    if not labels:
        raise GoldError(f"{path}: no labels, one JSON object a line")
    return labels


def _label(line: Mapping[str, Any]) -> Label:
    kinds, names = tuple(line["kinds"]), tuple(line["names"])
    alone = kinds in ((NO_AGENT,), (OPEN,))
    if not alone and not (kinds and _KINDS.issuperset(kinds)):
        raise ValueError(f"kinds are {', '.join(sorted(_KINDS))}, or none or open alone, not {list(kinds)}")
    if alone == bool(names):
        raise ValueError("names stand where there is a speaker, and only there")
    roles = (tuple((int(start), int(end)) for start, end in line[role]) for role in ("source", "cue", "content"))
    return Label(str(line["article"]), Triple(*roles), kinds, names, str(line.get("note", "")))


# --- whether an answer is right --------------------------------------------------------------------------------


def same_name(answer: str, accepted: str) -> bool:
    """Whether two names are written alike but for letter case, marks, an article, a title or a genitive."""
    return _plain(answer) == _plain(accepted)


def _plain(name: str) -> tuple[str, ...]:
    words = _words(name)
    while len(words) > 1 and (words[0] in _ARTICLES or words[0].rstrip(".") in TITLES):
        words = words[1:]
    return tuple(word.removesuffix("'s") for word in words)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name).translate(_MARKS).casefold()
    return [word.strip("'-") for word in _WORD.findall(plain)]


def fits(answer: str, description: str) -> bool:
    """Whether an answer holds a description as a run of whole words."""
    words, wanted = _words(answer), _words(description)
    return bool(wanted) and any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def verdict(label: Label, answer: Answer | None) -> Verdict:
    """How good an answer is. A label that is open has no verdict.

    Where the text has no agent, only ``none`` is right; an answer that leaves it unresolved is not wrong.
    """
    if label.kinds == (OPEN,):
        raise ValueError("what is open is not judged")
    if label.kinds == (NO_AGENT,):
        if answer is None or answer.status == "unresolved":
            return "unresolved"
        return "right" if answer.status == NO_AGENT else "wrong"
    if answer is None or answer.status in ("unresolved", NO_AGENT):
        return "unresolved"
    if answer.status == UNNAMED and UNNAMED not in label.kinds:
        return "unresolved"
    described = UNNAMED in label.kinds and (answer.status == UNNAMED or answer.kind in _DESCRIBED)
    right = any((described and fits(answer.name, name)) or same_name(answer.name, name) for name in label.names)
    return "right" if right else "wrong"


# --- figures ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SpeakerReport:
    """The answers to all labels, in the order of the labels. ``mode`` is whose attributions they are: people's
    (``gold``), or those that the annotator found (``found``)."""

    mode: Literal["gold", "found"]
    judged: tuple[Judged, ...]

    def counts(self, figure: str) -> list[Counts]:
        """One per article that has labels, in the order of the labels; a share is the F1 of these counts."""
        by_article: dict[str, Counts] = {}
        for one in self.judged:
            article = one.label.article
            by_article[article] = by_article.get(article, Counts()) + _counts(one).get(figure, Counts())
        return list(by_article.values())

    def methods(self) -> list[dict[str, Any]]:
        """By method: how many answers it gave to labels that have a speaker, and how many of them were right."""
        given: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for one in self.judged:
            if one.label.has_speaker and one.answer is not None and verdict(one.label, one.answer) != "unresolved":
                given[one.answer.method] += 1
                right[one.answer.method] += verdict(one.label, one.answer) == "right"
        return [
            {"method": method, "answers": count, "right": right[method], "precision": right[method] / count}
            for method, count in given.most_common()
        ]

    def as_json(self, *, rounds: int = 1000, seed: int = 0) -> dict[str, Any]:
        """Each figure with its 95 % interval from resampling articles, as fractions; methods; articles, the worst
        first; every label whose answer is wrong or missing."""
        figures = {}
        for figure in FIGURES:
            counts = self.counts(figure)
            whole = total(counts)
            interval = bootstrap([one for one in counts if one.wanted], rounds=rounds, seed=seed)
            figures[figure] = {
                "share": whole.right / whole.wanted if whole.wanted else None,
                "low": interval.low,
                "high": interval.high,
                "count": int(whole.right),
                "of": int(whole.wanted),
            }
        return {
            "task": "speakers",
            "attributions": self.mode,
            "labels": len(self.judged),
            "open": sum(one.label.kinds == (OPEN,) for one in self.judged),
            "texts": len({one.label.article for one in self.judged}),
            "figures": figures,
            "methods": self.methods(),
            "worst": self._worst(),
            "wrong": [_shown(one) for one in self.judged if _is(one, "wrong")],
            "unresolved": [_shown(one) for one in self.judged if _is(one, "unresolved")],
        }

    def _worst(self) -> list[dict[str, Any]]:
        articles = dict.fromkeys(one.label.article for one in self.judged)
        rows = [
            {"article": article, "right": int(counts.right), "of": int(counts.wanted)}
            for article, counts in zip(articles, self.counts("found"), strict=True)
            if counts.wanted
        ]
        return sorted(rows, key=lambda row: (row["right"] / row["of"], -row["of"], row["article"]))


def _counts(one: Judged) -> dict[str, Counts]:
    """What one label adds to each figure: how many are right, of how many."""
    label = one.label
    if label.kinds == (OPEN,):
        return {}
    judgement = verdict(label, one.answer)
    if not label.has_speaker:
        return {NO_AGENT: _share(judgement == "right")}
    counts = {"resolved": _share(judgement != "unresolved"), "found": _share(judgement == "right")}
    if judgement != "unresolved":
        counts["right"] = _share(judgement == "right")
    if label.kinds[0] == UNNAMED:
        counts[UNNAMED] = _share(judgement == "right")
    if judgement == "right" and one.answer is not None:
        counts["kind"] = _share(one.answer.kind in label.kinds)
    return counts


def _share(held: bool) -> Counts:
    return Counts(int(held), 1, 1)


def _is(one: Judged, judgement: Verdict) -> bool:
    return one.label.kinds != (OPEN,) and verdict(one.label, one.answer) == judgement


def _shown(one: Judged) -> dict[str, Any]:
    label = one.label
    return {
        "article": label.article,
        **{role: [list(fragment) for fragment in fragments] for role, fragments in _roles(label.triple).items()},
        "words": one.source,
        "answer": asdict(one.answer) if one.answer is not None else None,
        "label": {"kinds": list(label.kinds), "names": list(label.names)},
    }


def _roles(triple: Triple) -> dict[str, Fragments]:
    return {"source": triple.source, "cue": triple.cue, "content": triple.content}


# --- the answer to a label among all that was found in a text -------------------------------------------------


def nearest(wanted: Triple, found: Sequence[Triple]) -> int | None:
    """Which of ``found`` is the attribution ``wanted``: the one that is equal, else the one with most in common.

    That has some of its content and some of its cue. Where one of the two has no cue, it has at least half of the
    characters of both contents together, or stands within the content and shares the source: a turn or a block
    quotation is found sentence by sentence. ``None`` where there is none.
    """
    if wanted in found:
        return found.index(wanted)
    shared = [(_likeness(wanted, one), -at) for at, one in enumerate(found)]
    best, place = max(shared, default=(0.0, 0))
    return -place if best > 0 else None


def _likeness(wanted: Triple, found: Triple) -> float:
    """Characters in common by characters of both, of cue and content together; 0 for two that are not the same."""
    content, other = _characters(wanted.content), _characters(found.content)
    cue, other_cue = _characters(wanted.cue), _characters(found.cue)
    common, union = len(content & other), len(content | other)
    if not common or (cue and other_cue and not cue & other_cue):
        return 0.0
    if not (cue and other_cue) and 2 * common < union:
        sources = _characters(wanted.source) & _characters(found.source)
        if not sources or other - content:
            return 0.0
    return (common + len(cue & other_cue)) / (union + len(cue | other_cue))


def _characters(fragments: Fragments) -> set[int]:
    return {at for start, end in fragments for at in range(start, end)}

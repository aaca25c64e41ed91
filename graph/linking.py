"""Compares assertions that are new with those that are there, and ties together what says the same or excludes it.

A pair is judged by its two wordings alone, when the later of the two comes. Which pairs are worth it is told by their
embeddings, with a bound on likeness, so that it does not matter who comes first. While the graph is small all of it is
looked at; later the vector index names the nearest ``MOST_NEAR``, and what it misses, or what has more neighbours than
that, stays unjudged. Of assertions in the same words the first ``MOST_ALIKE`` stand for all others: a report that a
thousand pages print is compared eight times.

The pair check and the search take their time, so they run before a transaction begins. In the transaction, once nobody
else can be doing the same, the pair check is asked about those alone that have come in between, and the search is
repeated only where anybody may have compared others since.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.driver import Row, Transaction
from ingest.wordings import Wording

SAME = 0.5
CONTRADICTS = 0.7
"""How likely the pair check must find it that two say the same, or exclude one another."""

NEAR = 0.5
"""The least cosine of two embeddings for which the pair check is asked."""

ERROR = 0.03
"""By how much the index may be wrong about a likeness: it keeps embeddings in bytes."""

SMALL = 5_000
"""Up to so many assertions all are looked at."""

MOST_NEAR = 100
MOST_ALIKE = 8

MOST_CHARACTERS = 1_000
"""Longer words are the same only as the same words: no model reads them to their end."""

SAME_WORDS = "rule:same-words"
LEAST_QUOTED = 0.8
"""How much of the longer of two assertions the other must repeat, where one text quotes the other."""

REMEMBERED = 50_000
SETTLED = 64
"""Of so many of one's own last transactions it is known that they have returned."""

BATCH = 200


class Related(Protocol):
    """What a pair check says of a pair."""

    @property
    def same(self) -> float: ...
    @property
    def contradicts(self) -> float: ...
    @property
    def method(self) -> str: ...


class Judge(Protocol):
    """What compares wordings; ``ingest.claims.matching.PairJudge`` is one."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]: ...
    def relate(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Related]: ...


@dataclass(frozen=True, slots=True)
class New:
    """An assertion to compare with others."""

    id: str
    wording: Wording

    @property
    def long(self) -> bool:
        """Whether it is too long for the pair check."""
        return len(self.wording.plain) > MOST_CHARACTERS


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Memory(Generic[K, V]):
    """Answers that were dear to come by, the latest ``REMEMBERED`` of them."""

    def __init__(self, ask: Callable[[list[K]], Sequence[V]]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._known: OrderedDict[K, V] = OrderedDict()

    def of(self, keys: Iterable[K]) -> dict[K, V]:
        """The answers to some questions, each asked at most once."""
        with self._lock:
            return self._of(dict.fromkeys(keys))

    def _of(self, wanted: Mapping[K, None]) -> dict[K, V]:
        new = [key for key in wanted if key not in self._known]
        found = {key: self._known[key] for key in wanted if key in self._known}
        if new:
            found.update(zip(new, self._ask(new), strict=True))
        for key in wanted:
            self._known[key] = found[key]
            self._known.move_to_end(key)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What was near some assertions before the transaction that writes them began."""

    mark: str
    """What that transaction leaves in the graph as a sign that it compared assertions."""

    after: str | None
    """The sign that stood there then."""

    near: Mapping[New, list[Row]]


class Linker:
    """Compares assertions by one pair check, and remembers what it said; safe to share between threads."""

    def __init__(self, judge: Judge) -> None:
        self._vectors: _Memory[str, list[float]] = _Memory(
            lambda texts: [row.tolist() for row in np.asarray(judge.embed(texts), dtype=np.float32)]
        )
        self._relations: _Memory[tuple[str, str], Related] = _Memory(judge.relate)
        self._settled: deque[str] = deque(maxlen=SETTLED)

    def foresee(self, transaction: Transaction, new: Sequence[New], *, anew: bool = False) -> Foreseen:
        """Asks the pair check all that ``link`` will want to know, as far as the graph can tell now."""
        standing = _standing(transaction, new, anew=anew)
        # A mark can be seen before the index knows what was compared, but not once its transaction has returned.
        settled = standing.mark in self._settled
        near: dict[New, list[Row]] = {}
        self._compared(transaction, standing, near)
        return Foreseen(_mark(), standing.mark, near if settled else {})

    def settle(self, foreseen: Foreseen) -> None:
        """Tells that the transaction which ``link`` was given this in has returned."""
        self._settled.append(foreseen.mark)

    def link(
        self, transaction: Transaction, new: Sequence[New], foreseen: Foreseen | None = None, *, anew: bool = False
    ) -> set[str]:
        """Ties assertions, which must be in the graph, to what they say the same as or exclude.

        The transaction must be the only one that changes claims. Those that were compared before, in the same words,
        are passed over, unless ``anew``; those that are read otherwise now are compared as if they had just come.

        Returns:
            The ids of the assertions whose ties changed.
        """
        standing = _standing(transaction, new, anew=anew)
        touched = {one.id for one in standing.new}
        for row in _run(transaction, "write/unlink", standing.otherwise, "ids"):
            touched.update(row["untied"])
        near = dict(foreseen.near) if foreseen and standing.mark == foreseen.after else {}
        rows, same, apart = self._compared(transaction, standing, near)
        same += _structure(standing.sources)
        _put(transaction, foreseen.mark if foreseen else _mark(), rows, _rows(same), _rows(apart))
        for one, other, _, _ in (*same, *apart):
            touched |= {one, other}
        return touched

    def _compared(
        self, transaction: Transaction, standing: _Standing, near: dict[New, list[Row]]
    ) -> tuple[list[Row], list[_Tie], list[_Tie]]:
        """What was compared, with its embedding; pairs that say the same, and pairs that exclude one another.

        ``near`` holds what was looked for before, and gains what is looked for now.
        """
        same: list[_Tie] = []
        alike = {saying: list(ids) for saying, ids in standing.alike.items()}
        rows: list[Row] = []
        comparing: list[New] = []
        for one in sorted(standing.new, key=lambda one: one.id):
            saying = one.wording.saying
            if len(alike[saying]) < MOST_ALIKE:
                same += [(*sorted((one.id, other)), 1.0, SAME_WORDS) for other in alike[saying]]  # type: ignore[misc]
                if not one.long:
                    comparing.append(one)
                alike[saying].append(one.id)
            rows.append({"id": one.id, "saying": saying, "vector": None})
        vectors = self._vectors.of(one.wording.plain for one in comparing)
        by_id = {row["id"]: row for row in rows}
        for one in comparing:
            by_id[one.id]["vector"] = vectors[one.wording.plain]
        pairs = _among(comparing, vectors)
        near.update(_around(transaction, [one for one in comparing if one not in near], vectors))
        for one in comparing:
            pairs.update(_beside(one, near[one], standing.otherwise))
        related = self._relations.of(dict.fromkeys(pairs.values()))
        apart: list[_Tie] = []
        for (one_id, other_id), wordings in pairs.items():
            relation = related[wordings]
            if relation.same >= SAME and relation.same >= relation.contradicts:
                same.append((one_id, other_id, round(float(relation.same), 4), relation.method))
            elif relation.contradicts >= CONTRADICTS:
                apart.append((one_id, other_id, round(float(relation.contradicts), 4), relation.method))
        return rows, same, apart


_Tie = tuple[str, str, float, str]


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is to be compared, and what the graph holds of the same words."""

    new: list[New]
    otherwise: list[str]
    """The ids of those that were compared before, in other words."""

    alike: Mapping[str, list[str]]
    """By saying, the ids of the others that were compared in these words."""

    sources: list[tuple[str, Row]]
    """With the id of each, those that it may have its words from, or that may have theirs from it."""

    mark: str | None
    """The sign of the last transaction that compared assertions; none where no such sign was left."""


def _standing(transaction: Transaction, new: Sequence[New], *, anew: bool) -> _Standing:
    """Of some assertions those that were never compared in these words, or all of them ``anew``."""
    asked = [{"id": one.id, "saying": one.wording.saying} for one in new]
    told = {row["id"]: row for row in _run(transaction, "read/link_alike", asked, anew=anew)}
    unknown = [one for one in new if one.id in told]
    otherwise = [] if anew else [one.id for one in unknown if told[one.id]["was"] is not None]
    alike = {one.wording.saying: sorted({*told[one.id]["alike"]} - told.keys()) for one in unknown}
    sources = [(row["id"], found) for row in told.values() for found in row["structure"]]
    return _Standing(unknown, otherwise, alike, sources, next((row["mark"] for row in told.values()), None))


def _around(
    transaction: Transaction, comparing: Sequence[New], vectors: Mapping[str, list[float]]
) -> dict[New, list[Row]]:
    """What is there and near each."""
    known = {one.id: one for one in comparing}
    rows = [{"id": one.id, "vector": vectors[one.wording.plain], "scope": one.wording.scope} for one in comparing]
    return {
        known[row["id"]]: row["others"]
        for row in _run(
            transaction,
            "read/link_candidates",
            rows,
            small=SMALL,
            most=MOST_NEAR,
            roughly=(1 + NEAR - ERROR) / 2,
            near=(1 + NEAR) / 2,
        )
    }


def _beside(one: New, others: Iterable[Row], gone: Collection[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """Pairs of one with those that are there, each with its wordings in their order."""
    return {
        _pair(one.id, other["id"]): _pair(one.wording.plain, Wording(other["wording"], negated=False, scope="").plain)
        for other in others
        if other["saying"] != one.wording.saying and other["id"] not in gone
    }


def _among(comparing: Sequence[New], vectors: Mapping[str, list[float]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Pairs of assertions that come together."""
    by_scope: dict[str, list[New]] = defaultdict(list)
    for one in comparing:
        by_scope[one.wording.scope].append(one)
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for alike in by_scope.values():
        made = np.asarray([vectors[one.wording.plain] for one in alike], dtype=np.float32)
        near = made @ made.T >= NEAR
        for (a, one), (b, other) in combinations(enumerate(alike), 2):
            if near[a, b] and one.wording.saying != other.wording.saying:
                pairs[_pair(one.id, other.id)] = _pair(one.wording.plain, other.wording.plain)
    return pairs


def _structure(rows: Iterable[tuple[str, Row]]) -> list[_Tie]:
    """Pairs that are known to be the same words of one text: copies, versions of a page, quotations."""
    found: dict[tuple[str, str], str] = {}
    for identity, row in rows:
        if row["negated"] == row["other_negated"] and _repeats(row["text"], row["other_text"]):
            pair = _pair(identity, row["other"])
            found[pair] = min(found.get(pair, row["method"]), row["method"])
    return [(*pair, 1.0, method) for pair, method in found.items()]


def _repeats(one: str, other: str) -> bool:
    shorter, longer = sorted((re.findall(r"\w+", one.casefold()), re.findall(r"\w+", other.casefold())), key=len)
    if not shorter or len(shorter) < LEAST_QUOTED * len(longer):
        return False
    return any(longer[n : n + len(shorter)] == shorter for n in range(len(longer) - len(shorter) + 1))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _rows(ties: Iterable[_Tie]) -> list[Row]:
    """Ties as rows, each pair once: by what is surest, structure first."""
    best: dict[tuple[str, str], tuple[Any, ...]] = {}
    for one, other, score, method in ties:
        rank = (not method.startswith("structure:"), -score, method)
        best[one, other] = min(best.get((one, other), rank), rank)
    return [
        {"one": one, "other": other, "properties": {"score": -rank[1], "method": rank[2]}}
        for (one, other), rank in sorted(best.items())
    ]


def _mark() -> str:
    return secrets.token_hex(8)


def _put(
    transaction: Transaction, mark: str, compared: Sequence[Row], same: Sequence[Row], apart: Sequence[Row]
) -> None:
    for start in range(0, max(len(compared), len(same), len(apart)), BATCH):
        batch = slice(start, start + BATCH)
        transaction.run(
            "write/put_comparisons", mark=mark, compared=compared[batch], same=same[batch], apart=apart[batch]
        )


def _run(transaction: Transaction, name: str, rows: Sequence[Any], as_: str = "rows", **more: Any) -> list[Row]:
    return [
        answer
        for start in range(0, len(rows), BATCH)
        for answer in transaction.run(name, **{as_: list(rows[start : start + BATCH])}, **more)
    ]

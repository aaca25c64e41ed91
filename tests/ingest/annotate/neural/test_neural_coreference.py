"""Resolving a text window by window, with a network that knows what means the same by the words alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from ingest.annotate.neural.coreference import NEVER, Link, Options, Resolver, Tables, tables, vectors
from ingest.annotate.neural.decode import Floats
from ingest.annotate.neural.mentions import CLASSES, DISTANCES, PAIR_SIZES, QUICK_MATCHES, WHOLE, Integers
from ingest.annotate.neural.pieces import GAP, Pieces
from ingest.annotate.neural.windows import windows
from tests.ingest.annotate.neural.test_neural_mentions import words

NAMES = ("Ada", "Leo", "Mia")
OPTIONS = Options(vector=2, coarse=1, threshold=0.0, keep=8, memory=16, names=4)


@dataclass
class Known:
    """Every word of ``NAMES`` and every pronoun is a mention; names are linked by their words, pronouns to the last."""

    text: str
    pieces: Pieces
    seen: list[int] = field(default_factory=list)
    tables: Tables = field(
        default_factory=lambda: Tables(
            np.zeros((len(CLASSES), QUICK_MATCHES), dtype=np.float32) + np.array([0, 0, 50], dtype=np.float32),
            np.linspace(1, 0, len(DISTANCES) + 1, dtype=np.float32) + np.zeros((len(CLASSES), 1), dtype=np.float32),
            np.zeros(2, dtype=np.float32),
        )
    )

    def read(self, states: Floats, features: Integers) -> tuple[Floats, Floats, Floats]:
        count = len(states)
        self.seen.append(count)
        scores = np.full((count, count), NEVER, dtype=np.float32)
        for at, number in enumerate(states[:, 0].astype(int).tolist()):
            word = self.text[self.pieces.starts[number] : self.pieces.ends[number]]
            if word in NAMES or word == "she":
                scores[at, at] = 1.0
        assert len(features) == count
        return scores, np.zeros((count, 3 * 4), dtype=np.float32), np.zeros((count, 1), dtype=np.float32)

    def judge(self, mentions: Floats, own: Integers, others: Integers, pairs: Integers) -> Floats:
        whole = pairs[..., list(PAIR_SIZES).index("match")] == WHOLE
        kind = pairs[..., list(PAIR_SIZES).index("classes")] // len(CLASSES)
        near = pairs[..., list(PAIR_SIZES).index("distance")] == 1
        pronoun = (kind == CLASSES.index("she")) & near
        odds: Floats = np.where(whole | pronoun, 10.0, -60.0).astype(np.float32)
        return odds


def resolve(text: str, *, size: int = 12, context: int = 2, group: int = 2, options: Options = OPTIONS) -> list[Link]:
    pieces = words(text)
    network = Known(text, pieces)
    resolver = Resolver(text, pieces, network, options)
    found: list[Link] = []
    every = list(windows(pieces.features[:, GAP], size, context))
    for at in range(0, len(every), group):
        part = every[at : at + group]
        states = np.zeros((len(part), size + 2, 1), dtype=np.float32)
        for row, window in enumerate(part):
            states[row, 1 : window.end - window.start + 1, 0] = np.arange(window.start, window.end)
        found.extend(resolver.resolve(part, states, [0]))
    assert len(network.seen) == len(every)
    return found


def told(text: str, found: list[Link]) -> list[tuple[str, int, str, int]]:
    """Words and places of expressions with their likeliest antecedents."""
    split = text.split()
    return [
        (split[one.expression[0]], one.expression[0], split[a[0]], a[0])
        for one in found
        for a, _ in one.antecedents[:1]
    ]


def test_a_name_and_a_pronoun() -> None:
    text = "Ada met Leo and she left but Ada came back"
    assert told(text, resolve(text)) == [("she", 4, "Leo", 2), ("Ada", 7, "Ada", 0)]


def test_probabilities_of_one_thing_are_summed_and_told_with_its_likeliest_mention() -> None:
    text = "Ada saw Ada and Ada"
    *_, last = resolve(text)
    assert len(last.antecedents) == 1, "both earlier ones are the same thing"
    ((place, chance),) = last.antecedents
    assert place == (2, 3), "the nearer one"
    assert chance == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(("size", "context", "group"), [(12, 2, 1), (12, 2, 5), (9, 4, 2), (400, 2, 1)])
def test_nothing_depends_on_where_windows_end(size: int, context: int, group: int) -> None:
    text = " ".join(f"w{at}" if at % 7 else NAMES[at % 3] for at in range(300))
    found = told(text, resolve(text, size=size, context=context, group=group))
    assert found == told(text, resolve(text, size=50, context=3))
    assert len(found) == 300 // 7 + 1 - len(NAMES)
    assert all(one == other and before < at for one, at, other, before in found)


def test_a_name_is_remembered_far_beyond_what_memory_holds() -> None:
    text = "Ada left . " + "Leo and Mia waited . " * 200 + "Ada returned"
    found = told(text, resolve(text, size=30))
    assert found[-1] == ("Ada", len(text.split()) - 2, "Ada", 0)


def test_memory_does_not_grow_with_the_text() -> None:
    sizes = set()

    class Watched(Known):
        def judge(self, mentions: Floats, own: Integers, others: Integers, pairs: Integers) -> Floats:
            sizes.add(len(mentions) - len(own))
            return super().judge(mentions, own, others, pairs)

    text = " ".join(f"Ada w{at} Leo Mia she" for at in range(400))
    pieces = words(text)
    resolver = Resolver(text, pieces, Watched(text, pieces), OPTIONS)
    for window in windows(pieces.features[:, GAP], 30, 3):
        states = np.zeros((1, 32, 1), dtype=np.float32)
        states[0, 1 : window.end - window.start + 1, 0] = np.arange(window.start, window.end)
        list(resolver.resolve([window], states, [0]))
    assert max(sizes) <= OPTIONS.memory + OPTIONS.names


def test_unlikely_antecedents_are_not_told() -> None:
    text = "Ada met Leo and she left"
    assert resolve(text, options=replace(OPTIONS, least=1.1)) == []


def test_a_text_without_mentions() -> None:
    assert resolve("nobody was there") == []


def test_a_mentions_vector_is_its_first_its_last_and_the_mean_of_all_its_pieces() -> None:
    parts = np.arange(12, dtype=np.float32).reshape(4, 3)
    shares = np.log(np.array([[1.0], [1.0], [3.0], [1.0]], dtype=np.float32))
    found = vectors(parts, shares, np.array([1, 2]), np.array([2, 2]))
    assert found[0, 0] == pytest.approx(3 + 7 + (5 * 1 + 8 * 3) / 4)
    assert found[1, 0] == pytest.approx(6 + 7 + 8)


def test_tables_of_another_size_are_refused() -> None:
    plain = {"match": [[0.0]], "distance": [[0.0]], "mention": [0.0, 0.0]}
    with pytest.raises(ValueError, match="a table of shape"):
        tables(plain)
    with pytest.raises(KeyError):
        tables({})

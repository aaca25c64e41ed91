from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ingest.annotate.neural import pieces as p
from ingest.annotate.neural.pieces import GAP, QUOTE, SHAPE, cut, shape_of
from ingest.annotate.neural.quotes import CLOSING, INSIDE, OPENING
from ingest.annotate.runtime import FOLDER, VOCABULARY


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    path = FOLDER / VOCABULARY
    if not path.exists():
        pytest.skip(f"{VOCABULARY} is absent: the language model was not made or fetched")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", p.LOWER),
        ("Bush", p.TITLE),
        ("NATO", p.UPPER),
        ("I", p.INITIAL),
        ("McCain", p.MIXED),
        ("iPhone", p.MIXED),
        ("2016", p.DIGITS),
        ("1st", p.ALPHANUMERIC),
        ("G8", p.ALPHANUMERIC),
        ("B2b", p.ALPHANUMERIC),
        ("العربية", p.CASELESS),
        (",", p.SYMBOL),
        ("🙂", p.SYMBOL),
        ("É", p.INITIAL),
    ],
)
def test_shapes(word: str, shape: int) -> None:
    assert shape_of(word) == shape


def test_pieces_of_a_word_share_its_shape_and_stand_where_the_text_has_them(tokenizer: Any) -> None:
    text = 'Zelenskyy said:\n\n"No."'
    pieces = cut(text, tokenizer)
    spelt = [text[start:end] for start, end in zip(pieces.starts, pieces.ends, strict=True)]
    assert "".join(spelt[:4]).startswith("Zelensky")
    own = [at for at, end in enumerate(pieces.ends) if end <= 9]
    assert len(own) > 1
    assert {int(pieces.features[at, SHAPE]) for at in own} == {p.TITLE}
    assert [bool(pieces.word_starts[at]) for at in own] == [True] + [False] * (len(own) - 1)
    quote = spelt.index('"')
    assert int(pieces.features[quote, GAP]) == p.NEW_PARAGRAPH
    assert pieces.features[quote:, QUOTE].tolist() == [OPENING, INSIDE, INSIDE, CLOSING]
    assert pieces.features[quote + 1 :, GAP].tolist() == [p.GLUED] * 3


def test_offsets_hold_for_accents_ligatures_and_what_the_vocabulary_lacks(tokenizer: Any) -> None:
    text = "Gérard's ﬁnancé 🙂 said «ÄÖ» – שלום"
    pieces = cut(text, tokenizer)
    for word in ("Gérard", "ﬁnancé", "said", "ÄÖ", "שלום"):
        start = text.index(word)
        low, high = pieces.covering(start, start + len(word))
        assert pieces.offsets(low, high) == (start, start + len(word))


def test_lone_surrogates_keep_the_offsets(tokenizer: Any) -> None:
    text = "a \ud800 said \udfff b"
    pieces = cut(text, tokenizer)
    low, high = pieces.covering(4, 8)
    assert pieces.offsets(low, high) == (4, 8)
    assert text[4:8] == "said"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\x00\x01"])
def test_texts_of_nothing_have_no_pieces(tokenizer: Any, text: str) -> None:
    pieces = cut(text, tokenizer)
    assert len(pieces) == 0
    assert pieces.features.shape == (0, 3)
    assert pieces.covering(0, len(text)) == (0, 0)


def test_a_word_of_a_million_letters_is_few_pieces(tokenizer: Any) -> None:
    pieces = cut("x" * 1_000_000 + " said", tokenizer)
    assert len(pieces) == 2
    assert pieces.offsets(1, 2) == (1_000_001, 1_000_005)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_cut_in_order_within_its_bounds(tokenizer: Any, text: str) -> None:
    pieces = cut(text, tokenizer)
    assert (pieces.starts <= pieces.ends).all()
    assert (np.diff(pieces.starts) >= 0).all()
    assert len(pieces) == 0 or pieces.ends.max() <= len(text)
    for column, size in enumerate(p.FEATURE_SIZES.values()):
        assert (pieces.features[:, column] < size).all()

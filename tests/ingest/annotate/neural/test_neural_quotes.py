from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.neural.quotes import quotation_states

SIGNS = ".in()us"  # outside, inside, nested, opening, closing, unclosed, stray


def drawn(text: str) -> str:
    return "".join(SIGNS[state] for state in quotation_states(text))


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ('a "b c" d', "..(iii).."),
        ("a “b c” d", "..(iii).."),
        ("«a» b", "(i).."),
        ("“a ‘b’ c”", "(ii(n)ii)"),
        ("\"a 'b' c\"", "(ii(n)ii)"),
        ("don't 'a b' it's", "......(iii)....."),
        ("dogs' bones 'tis", "." * 16),
        ("a ” b", "..s.."),
        ("“a b", "(uuu"),
        ("“a\n\n“b” c", "(u..(i).."),
        ("``a'' b", "((i)).."),
        ("''a'' b", "((i)).."),
        ('"a" "b"', "(i).(i)"),
    ],
)
def test_states(text: str, states: str) -> None:
    assert drawn(text) == states


@given(st.text(alphabet="ab '\"“”‘’«»\n`", max_size=60))
def test_any_text_has_a_state_for_each_character(text: str) -> None:
    states = quotation_states(text)
    assert len(states) == len(text)
    assert (states < len(SIGNS)).all()

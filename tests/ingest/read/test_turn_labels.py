"""Names before a colon."""

from __future__ import annotations

import pytest

from ingest.read.labels import key_of, label_at


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Yury Ushakov: Good day.", "Yury Ushakov:"),
        ("Aide to the President of Russia Yury Ushakov: Good day.", "Aide to the President of Russia Yury Ushakov:"),
        ("MR. CARNEY: Good day.", "MR. CARNEY:"),
        ("Question (via interpreter): What now?", "Question (via interpreter):"),
        ("**Anna Berg:** Good day.", "**Anna Berg:**"),
        ("Q. What now?", "Q."),
        ("van der Berg: Good day.", "van der Berg:"),
        ("Lena Vogt, mayor of the town: Good day.", "Lena Vogt, mayor of the town:"),
        ("Reporter 2: What now?", "Reporter 2:"),
        ("JK: What now?", "JK:"),
    ],
)
def test_labels(words: str, label: str) -> None:
    found = label_at(words, 0, len(words))
    assert found is not None
    assert found.of(words) == label


@pytest.mark.parametrize(
    "words",
    [
        "From the BBC: it rained.",
        "Note: it rained.",
        "First: it rained.",
        "The point of it all is this: it rained.",
        "It rained. Then this: snow.",
        "https://e.org/a",
        "10:30 in the morning",
        "“Peskov”: no.",
        "",
    ],
)
def test_what_is_no_label(words: str) -> None:
    assert label_at(words, 0, len(words)) is None


def test_bold_names_need_no_colon() -> None:
    assert label_at("Anna Berg", 0, 9, bold=9) is not None
    assert label_at("Anna Berg", 0, 9) is None
    assert label_at("What is to be done?", 0, 19, bold=19) is None


def test_one_speaker_has_one_key() -> None:
    assert {key_of(label) for label in ("MR. CARNEY:", "Carney:", "**Carney (by phone):**", "Carney, host:")} == {
        "carney"
    }

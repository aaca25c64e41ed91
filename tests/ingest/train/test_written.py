from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.evaluate.gold import GoldError, Labelled
from ingest.train.labels import NAME_KINDS
from ingest.train.written import read_names


def test_names_stand_in_brackets_with_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("[person Ada] saw [place Łódź].\nNobody came.\n", encoding="utf-8")
    assert read_names(path) == [
        Labelled("Ada saw Łódź.", ((0, 3, "person"), (8, 12, "place"))),
        Labelled("Nobody came.", ()),
    ]


@pytest.mark.parametrize(("line", "reason"), [("[PER Ada] left.", "no kind"), ("Ada] left.", "bracket")])
def test_a_line_that_is_not_marked_as_it_should_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "names.txt"
    path.write_text(f"Fine.\n{line}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=f"names.txt:2: .*{reason}"):
        read_names(path)


def test_the_sentences_of_the_project_mark_every_kind_of_name() -> None:
    kinds = Counter(label for sentence in read_names() for _, _, label in sentence.spans)
    assert set(kinds) == set(NAME_KINDS)
    assert min(kinds.values()) >= 80
    assert all(sentence.text.strip() == sentence.text != "" for sentence in read_names())

"""The table of senses, from a WordNet of six words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.train import senses

NOTE = "  1 this is the licence\n"
DATA = {
    "noun": NOTE
    + "00000001 05 n 02 buyer 0 Paris 0 001 + 00000005 v 0101 | one who buys\n"
    + "00000002 05 n 01 man 0 001 ! 00000003 n 0101 | a man\n"
    + "00000003 05 n 01 woman 0 001 ! 00000002 n 0101 | a woman\n",
    "verb": NOTE
    + "00000005 40 v 02 buy 0 purchase 1 002 + 00000001 n 0101 ! 00000006 v 0101 | to buy\n"
    + "00000006 40 v 02 sell 0 give_up 0 001 ! 00000005 v 0101 01 + 08 00 | to sell\n",
    "adj": NOTE + "00000007 00 s 01 galore(ip) 0 000 | in plenty\n",
    "adv": NOTE,
}


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    for name, text in DATA.items():
        (tmp_path / f"data.{name}").write_text(text, encoding="latin-1")
        (tmp_path / f"{name}.exc").write_text("bought buy\n" if name == "verb" else "", encoding="latin-1")
    return tmp_path


def test_words_have_their_senses_ties_bases_and_antonyms(wordnet: Path) -> None:
    lines = {line.split("\t")[0]: line.split("\t")[1:] for line in senses.table(*made(wordnet))}
    assert list(lines) == sorted(lines)
    own, tied, _, antonyms = lines["buy"]
    assert lines["purchase"][0] == own
    assert lines["buyer"][1] == own
    assert lines["buyer"][0] == tied
    assert antonyms == "sell"
    assert lines["bought"] == ["", "", "buy", ""]


def test_names_terms_and_opposed_nouns_are_left_out(wordnet: Path) -> None:
    lines = dict(line.split("\t", 1) for line in senses.table(*made(wordnet)))
    assert not {"Paris", "paris", "give_up"} & set(lines)
    assert lines["man"] == "\t\t\t"
    assert "galore" in lines


def test_it_writes_what_the_same_files_give_twice(wordnet: Path, tmp_path: Path) -> None:
    written = []
    for name in ("one.gz", "two.gz"):
        senses.main([str(wordnet), str(tmp_path / name)])
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_a_folder_that_is_no_wordnet_is_named(tmp_path: Path) -> None:
    with pytest.raises(senses.WordNetError, match=r"data\.noun: cannot be read"):
        senses.read_data(tmp_path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [("00000009 05 n zz\n", r"data\.noun:1: no synset"), ("00000009 05 n 01 a 0 002\n", r"data\.noun:1: no synset")],
)
def test_a_damaged_line_is_named(wordnet: Path, line: str, reason: str) -> None:
    (wordnet / "data.noun").write_text(line, encoding="latin-1")
    with pytest.raises(senses.WordNetError, match=reason):
        senses.read_data(wordnet)


def test_a_sense_that_is_not_there_is_named(wordnet: Path) -> None:
    (wordnet / "data.verb").write_text("00000006 40 v 01 sell 0 001 ! 00000005 v 0101 | x\n", encoding="latin-1")
    with pytest.raises(senses.WordNetError, match="'sell' is tied to sense 00000005"):
        senses.read_data(wordnet)


def made(folder: Path) -> tuple[senses.Lexicon, dict[str, set[str]]]:
    return senses.read_data(folder), senses.read_exceptions(folder)

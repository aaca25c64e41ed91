from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.annotate.neural.pieces import cut
from ingest.evaluate.gold import Article, GoldError, Labelled, Paragraph, Triple
from ingest.train import data, labels
from ingest.train.config import ConfigError
from ingest.train.data import THREE, Corpora, Fold
from ingest.train.labels import NAME_TAGS, Example

DATA = Path(__file__).parents[3] / "../shared/data"


@dataclass(frozen=True)
class Words:
    ids: list[int]
    offsets: list[tuple[int, int]]
    tokens: list[str]


class WordTokenizer:
    """Every word and sign is one piece."""

    def encode(self, sequence: str, *, add_special_tokens: bool) -> Words:
        found = list(re.finditer(r"\w+|[^\w\s]", sequence))
        return Words([7] * len(found), [match.span() for match in found], [match.group() for match in found])


TOKENIZER = WordTokenizer()
SENTENCE = "Ada said it is late."


def article(times: int) -> Example:
    text = "\n\n".join([SENTENCE] * times)
    size = len(SENTENCE) + 2
    triples = [
        Triple(((at, at + 3),), ((at + 4, at + 8),), ((at + 9, at + 19),)) for at in range(0, size * times, size)
    ]
    pieces = cut(text, TOKENIZER)
    return Example(pieces, *labels.attribution(pieces, triples, text))


def corpora() -> Corpora:
    named = Labelled("Ada left.", ((0, 3, "PER"),))
    return Corpora([article(40)] * 3, [(THREE, [named] * 10)], [[Paragraph("Go. Now!", (0, 4))] * 30] * 4)


def windows(seed: int, **shares: float) -> dict[str, list[Example]]:
    share = {"attribution": 1.0, "names": 1.0, "sentences": 1.0, **shares}
    return data.epoch_windows(corpora(), TOKENIZER, 50, share, np.random.default_rng(seed))


def test_an_epoch_shows_every_piece_once_in_windows_that_keep_their_links_whole() -> None:
    shown = windows(1)["attribution"]
    assert sum(len(window.pieces) for window in shown) == 3 * 40 * 6
    assert max(len(window.pieces) for window in shown) <= 50
    assert sum(len(window.links) for window in shown) == 3 * 40
    for window in shown:
        for link in window.links:
            assert window.labels["cue"][link.start : link.end].tolist() == [1]
            assert link.tags[link.start - 1 : link.start + 4].tolist() == [1, 5, 3, 4, 4]


def test_short_texts_are_whole_paragraphs_with_their_links() -> None:
    whole = article(40)
    parts = list(data.short_texts(whole, np.random.default_rng(0)))
    assert sum(len(part.pieces) for part in parts) == len(whole.pieces)
    assert {len(part.pieces) * 40 // len(whole.pieces) for part in parts} == {1, 2, 3}
    assert sum(len(part.links) for part in parts) == len(whole.links) == 40


def test_epochs_differ_and_seeds_repeat() -> None:
    def sizes(seed: int) -> list[int]:
        return [len(window.pieces) for window in windows(seed)["attribution"]]

    assert sizes(1) == sizes(1)
    assert sizes(1) != sizes(2)


def test_shares_thin_out_a_task_or_repeat_it() -> None:
    whole, half, twice = (len(windows(1, sentences=share)["sentences"]) for share in (1.0, 0.5, 2.0))
    assert half == round(whole / 2)
    assert twice == 2 * whole


def test_joined_sentences_keep_their_names_where_they_stand() -> None:
    joined = data.join([Labelled("Ada left.", ((0, 3, "PER"),)), Labelled("So did Bo.", ((7, 9, "PER"),))])
    assert joined.text == "Ada left. So did Bo."
    assert [joined.text[start:end] for start, end, _ in joined.spans] == ["Ada", "Bo"]
    shown = windows(3)["names"]
    names = sum(int(window.labels["names"][:, 1:3].any(axis=1).sum()) for window in shown)
    assert names == 10
    assert NAME_TAGS[1] == "B-person"


def test_sentence_starts_survive_joining_and_cutting() -> None:
    shown = windows(5)["sentences"]
    assert sum(int(window.labels["sentences"].sum()) for window in shown) == 4 * 30 * 2


def test_names_of_a_treebank_are_learned_with_its_sentences_and_where_it_marks_none_all_is_possible() -> None:
    marked = Paragraph("Go, Ada! Now.", (0, 9), names=((4, 7, "person"), (9, 12, "time")))
    silent = Paragraph("Go, Ada!", (0,))
    shown = data.epoch_windows(
        Corpora([], [], [[marked], [silent]]),
        TOKENIZER,
        50,
        {"attribution": 1.0, "names": 1.0, "sentences": 1.0},
        np.random.default_rng(1),
    )["sentences"]
    (told,) = (one.labels["names"] for one in shown if len(one.pieces) == 6)
    assert np.flatnonzero(told[2]).tolist() == [NAME_TAGS.index("B-person")]
    assert told[4, 0] == labels.ALLOWED
    (untold,) = (one.labels["names"] for one in shown if len(one.pieces) == 4)
    assert (untold == labels.ALLOWED).all()


def test_demonyms_are_told_from_places(tmp_path: Path) -> None:
    path = tmp_path / "countries.json"
    path.write_text('[{"name": {"common": "Peru"}, "demonyms": {"eng": {"f": "Peruvian", "m": "Peruvian"}}}]')
    known = data.demonyms(path)
    assert known == {"Peruvian", "Peruvians"}
    one = Labelled("Peruvians in Peru like Peruvian", ((0, 9, "LOC"), (13, 17, "LOC"), (23, 31, "ORG")))
    assert [label for *_, label in data.tell_demonyms(one, known).spans] == [data.DEMONYM, "LOC", "ORG"]
    path.write_text("no JSON")
    with pytest.raises(GoldError, match=r"countries\.json: cannot be read"):
        data.demonyms(path)


def test_a_hashtag_is_a_name_as_a_whole() -> None:
    one = data.hashtags(Labelled("#Rome is Rome", ((1, 5, "LOC"), (9, 13, "LOC"))))
    assert [one.text[start:end] for start, end, _ in one.spans] == ["#Rome", "Rome"]


def test_some_texts_are_written_in_another_case_without_moving_anything() -> None:
    one = Labelled("Weiß met ŉ Ada", ((0, 4, "PER"),))
    assert [data.recased(one, chance).text for chance in (0.0, 0.04, 0.07, 0.5)] == [
        "WEIß MET ŉ ADA",
        "Weiß Met ŉ Ada",
        "weiß met ŉ ada",
        "Weiß met ŉ Ada",
    ]
    assert data.recased(one, 0.0).spans == one.spans


def test_titles_are_put_before_persons_and_stay_outside_their_names() -> None:
    one = Labelled("So Ada met Bo in Rome.", ((3, 6, "PER"), (11, 13, "PER"), (17, 21, "LOC")))
    seen = set()
    for seed in range(40):
        shown = data.titled(one, np.random.default_rng(seed))
        assert [shown.text[start:end] for start, end, _ in shown.spans] == ["Ada", "Bo", "Rome"]
        seen.update(shown.text.split())
    assert seen - set(one.text.split()) <= set(data.TITLES)
    assert len(seen) > 10


def test_batches_hold_every_window_once_within_their_budget() -> None:
    shown = windows(1)["attribution"]
    batches = data.batches(shown, 200, np.random.default_rng(0))
    assert sorted(id(window) for batch in batches for window in batch) == sorted(map(id, shown))
    for batch in batches:
        assert len(batch) * (max(len(window.pieces) for window in batch) + 2) <= 200


def test_folds_part_the_articles_without_overlap() -> None:
    articles = [Article(str(at), "", ()) for at in range(7)]
    held = [Fold(part, 3).split(articles)[1] for part in (1, 2, 3)]
    assert sorted(one.name for part in held for one in part) == [one.name for one in articles]
    learned, out = Fold(2, 3).split(articles)
    assert [one.name for one in out] == ["1", "4"]
    assert not {one.name for one in learned} & {one.name for one in out}
    for part, of in ((0, 3), (4, 3), (1, 1)):
        with pytest.raises(ConfigError, match="no such fold"):
            Fold(part, of)


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
def test_what_is_tested_on_is_not_learned_from(tmp_path: Path) -> None:
    from ingest.evaluate.gold import read_conll

    learned: Any = data.load(DATA, TOKENIZER)
    texts = {one.text for _, part in learned.names for one in part}
    tested = [
        *read_conll(DATA / "ner" / "uner" / "en_pud-ud-test.iob2", column=2, word=1),
        *read_conll(DATA / "ner" / "btc" / "g.conll"),
    ]
    assert not texts & {one.text for one in tested if len(one.text) > 40}
    assert len(learned.attribution) == 840

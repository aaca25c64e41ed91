from __future__ import annotations

from pathlib import Path

import pytest

from ingest.evaluate.gold import (
    GoldError,
    Triple,
    join_words,
    read_brat,
    read_conll,
    read_conllu,
    read_polnear,
)
from ingest.evaluate.sentences import in_tens

DATA = Path(__file__).parents[3] / "../shared/data"


def test_brat_events_become_triples_with_their_fragments_in_order() -> None:
    text = '"It is late," she said, "go home." Nobody was told.'
    annotations = (
        "T1\tSource 14 17\tshe\n"
        "T2\tCue 18 22\tsaid\n"
        'T3\tContent 24 34;0 13\t"go home." "It is late,"\n'
        "T4\tAttribution 18 22\tsaid\n"
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
        "#1\tAnnotatorNotes T3\tin two parts\n"
        "T5\tCue 42 50\twas told\n"
        "T6\tAttribution-no-source 42 50\twas told\n"
        "E2\tAttribution-no-source:T6 Cue:T5\n"
    )
    assert read_brat(annotations, text) == (
        Triple(source=((14, 17),), cue=((18, 22),), content=((0, 13), (24, 34))),
        Triple(source=(), cue=((42, 50),), content=()),
    )


def test_two_contents_of_one_event_are_one_discontinuous_span() -> None:
    annotations = "T1\tContent 0 2\tab\nT2\tContent 4 6\tef\nE1\tAttribution:T9 Content:T1 Content2:T2\n"
    assert read_brat(annotations, "ab cdef") == (Triple((), (), ((0, 2), (4, 6))),)


def test_an_event_whose_roles_are_all_empty_is_no_attribution() -> None:
    assert read_brat("T1\tAttribution 0 2\tab\nE1\tAttribution:T1 Source:T7\n", "ab") == ()


def test_polnear_without_its_annotations_names_the_file_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Text.")
    with pytest.raises(GoldError, match=r"one\.ann: missing"):
        read_polnear(tmp_path)
    with pytest.raises(GoldError, match="no such folder"):
        read_polnear(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(GoldError, match=r"no \.txt files"):
        read_polnear(tmp_path / "empty")


def test_a_file_that_is_no_utf8_is_named_with_the_byte(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"caf\xe9")
    (tmp_path / "one.ann").write_text("")
    with pytest.raises(GoldError, match=r"one\.txt: not UTF-8: byte 3 is 0xe9"):
        read_polnear(tmp_path)


def test_a_line_with_too_few_columns_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "short.iob2"
    path.write_text("1\tAda\tB-PER\n2\tmet\n")
    with pytest.raises(GoldError, match="too few columns"):
        read_conll(path, column=2, word=1)


def test_conll_of_both_styles_gives_the_same_spans(tmp_path: Path) -> None:
    two = tmp_path / "two.conll"
    two.write_text("New\tB-LOC\nYork\tI-LOC\nTimes\tB-ORG\n\nshe\tO\n")
    one = tmp_path / "one.conll"
    one.write_text("New I-LOC\nYork I-LOC\nTimes I-ORG\n\nshe O\n")
    for path in (two, one):
        first, second = read_conll(path)
        assert first.text == "New York Times"
        assert first.spans == ((0, 8, "LOC"), (9, 14, "ORG"))
        assert second.spans == ()


def test_conll_takes_the_sentence_as_it_was_written_where_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "given.iob2"
    path.write_text("# text = (Paris).\n1\t(\tO\t-\n2\tParis\tB-LOC\t-\n3\t)\tO\t-\n4\t.\tO\t-\n")
    (sentence,) = read_conll(path, column=2, word=1)
    assert sentence.text == "(Paris)."
    assert sentence.spans == ((1, 6, "LOC"),)


def test_a_tweet_that_begins_with_a_hash_is_no_comment(tmp_path: Path) -> None:
    path = tmp_path / "tweet.conll"
    path.write_text("#UN\tB-ORG\nreport\tO\n")
    assert read_conll(path)[0].spans == ((0, 3, "ORG"),)


def test_an_empty_file_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "empty.conll"
    path.write_text("\n\n")
    with pytest.raises(GoldError, match=r"empty\.conll: no sentences"):
        read_conll(path)


def test_tokens_are_joined_as_people_write_or_with_a_space_between_all() -> None:
    words = ["He", "did", "n't", "say", '"', "no", '"', "(", "yet", ")", "."]
    natural, offsets = join_words(words, natural=True)
    assert natural == 'He didn\'t say "no" (yet).'
    assert [natural[start:end] for start, end in offsets] == words
    spaced, offsets = join_words(words, natural=False)
    assert spaced == " ".join(words)
    assert [spaced[start:end] for start, end in offsets] == words


CONLLU = """\
# newdoc id = one
# newpar
# text = I can't.
1\tI\tI\tPRON\t_\t_\t3\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tca\tcan\tAUX\t_\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\t_\t_\t2\tadvmod:x\t_\t_
4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

# text = Go!
1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\tPUNCT\t_\t_\t1\tpunct\t_\tSpaceAfter=No

# text = Now.
1\tNow\tnow\tADV\t_\t_\t0\troot\t_\t_

# newpar
# text = End
1\tEnd\tend\tNOUN\t_\t_\t0\troot\t_\t_
"""


def test_conllu_joins_sentences_as_the_corpus_says_and_finds_the_words_in_them(tmp_path: Path) -> None:
    path = tmp_path / "one.conllu"
    path.write_text(CONLLU)
    (document,) = read_conllu(path)
    first, second = document.paragraphs
    assert first.text == "I can't. Go!Now."
    assert first.starts == (0, 9, 12)
    assert [(first.text[word.start : word.end], word.deprel) for word in first.words[:4]] == [
        ("I", "nsubj"),
        ("ca", "root"),
        ("n't", "advmod"),
        (".", "punct"),
    ]
    assert second.text == "End"


def test_a_treebank_that_marks_things_gives_their_names_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "one.conllu"
    row = "1\tRome\t_\tPROPN\tNNP\t_\t0\troot\t_\tEntity=(1-place-new-nnnnn-cf1-1-coref-Rome)"
    path.write_text(f"# text = Rome\n{row}\n\n# text = Rome\n{row}\n")
    (paragraph,) = read_conllu(path)[0].paragraphs
    assert paragraph.names == ((0, 4, "place"), (5, 9, "place"))
    path.write_text(CONLLU)
    assert [one.names for one in read_conllu(path)[0].paragraphs] == [None, None]


def test_sentences_are_joined_anew_in_tens(tmp_path: Path) -> None:
    path = tmp_path / "one.conllu"
    path.write_text(CONLLU)
    (document,) = read_conllu(path)
    two, rest = in_tens(document.paragraphs, 2)
    assert (two.text, two.starts) == ("I can't. Go!", (0, 9))
    assert (rest.text, rest.starts) == ("Now. End", (0, 5))


def test_a_line_that_is_no_conllu_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text("1\tI\tI\n\n")
    with pytest.raises(GoldError, match="3 columns"):
        read_conllu(path)


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
class TestSharedData:
    def test_polnear_has_the_attributions_that_its_makers_count(self) -> None:
        articles = read_polnear(DATA / "polnear" / "dev")
        assert len(articles) == 84
        # 2,193 events, one of which marks nothing.
        assert sum(len(article.attributions) for article in articles) == 2192
        assert all(
            article.text[start:end] for article in articles for one in article.attributions for start, end in one.cue
        )

    def test_names_stand_where_the_corpora_say(self) -> None:
        pud = read_conll(DATA / "ner" / "uner" / "en_pud-ud-test.iob2", column=2, word=1)
        assert sum(len(sentence.spans) for sentence in pud) == 1075
        assert pud[0].text.startswith("“While much of the digital transition")
        names = {sentence.text[start:end] for sentence in pud for start, end, _ in sentence.spans}
        assert {"United States", "Kori Schulman"} <= names

    def test_sentences_of_a_treebank_begin_with_no_space(self) -> None:
        documents = read_conllu(DATA / "ud" / "en_ewt-ud-dev.conllu")
        paragraphs = [paragraph for document in documents for paragraph in document.paragraphs]
        assert sum(len(paragraph.starts) for paragraph in paragraphs) == 2001
        assert all(not paragraph.text[at].isspace() for paragraph in paragraphs for at in paragraph.starts)

from __future__ import annotations

from ingest.evaluate.mentions import Mention, named_mentions

# word, part of speech, detailed part of speech, number of the head, relation, marks
Given = tuple[str, str, str, int, str, str]


def names(*words: Given) -> list[tuple[str, str]]:
    rows = [
        [str(at), word, "_", upos, tag, "_", str(head), relation, "_", f"Entity={marks}" if marks else "_"]
        for at, (word, upos, tag, head, relation, marks) in enumerate(words, 1)
    ]
    return [(" ".join(row[1] for row in rows[one.start : one.end]), one.kind) for one in named_mentions(rows)]


def test_a_name_is_what_stands_at_the_head_of_its_phrase() -> None:
    assert names(
        ("The", "DET", "DT", 2, "det", "(1-person-new-nnnnn-cf1-2-sgl"),
        ("mayor", "NOUN", "NN", 0, "root", ""),
        ("of", "ADP", "IN", 4, "case", ""),
        ("York", "PROPN", "NNP", 2, "nmod", "(2-place-new-nnnnn-cf2-1-coref-York)1)"),
        (",", "PUNCT", ",", 7, "punct", ""),
        ("President", "PROPN", "NNP", 7, "nmod", "(3-person-new-nnnnn-cf3-2,3-sgl"),
        ("Ada", "PROPN", "NNP", 2, "appos", ""),
        ("Byron", "PROPN", "NNP", 7, "flat", ""),
        ("of", "ADP", "IN", 10, "case", ""),
        ("France", "PROPN", "NNP", 7, "nmod", "(4-place-new-nnnnn-cf4-1-sgl)3)"),
    ) == [("York", "place"), ("France", "place"), ("Ada Byron", "person")]


def test_an_organization_keeps_its_joining_words_and_no_article() -> None:
    assert names(
        ("the", "DET", "DT", 2, "det", "(1-organization-new-nnnnn-cf1-2-coref-Bank_of_England"),
        ("Bank", "PROPN", "NNP", 0, "root", ""),
        ("of", "ADP", "IN", 4, "case", ""),
        ("England", "PROPN", "NNP", 2, "nmod", "(2-place-new-nnnnn-cf2-1-coref-England)1)"),
        ("that", "PRON", "WDT", 6, "nsubj", ""),
        ("fell", "VERB", "VBD", 2, "acl", ""),
    ) == [("England", "place"), ("Bank of England", "organization")]


def test_a_persons_name_leaves_out_what_the_person_belongs_to_and_several_persons_are_people() -> None:
    assert names(
        ("Yale", "PROPN", "NNP", 2, "compound", "(1-person-new-nnnnn-cf1-2-sgl(2-organization-new-nnnnn-cf2-1-sgl)"),
        ("Ada", "PROPN", "NNP", 0, "root", "1)"),
        ("Kenyans", "PROPN", "NNPS", 2, "list", "(3-person-new-nnnnn-cf3-1-sgl)"),
    ) == [("Yale", "organization"), ("Ada", "person"), ("Kenyans", "people")]


def test_phrases_without_a_name_and_titles_alone_are_none() -> None:
    assert (
        names(
            ("She", "PRON", "PRP", 2, "nsubj", "(1-person-giv:act-nnnnn-cf1-1-ana-Ada_Lovelace)"),
            ("met", "VERB", "VBD", 0, "root", ""),
            ("the", "DET", "DT", 4, "det", "(2-person-new-nnnnn-cf2-2-sgl"),
            ("President", "PROPN", "NNP", 2, "obj", "2)"),
        )
        == []
    )


def test_proper_nouns_that_head_nothing_are_unclear() -> None:
    assert names(
        ("Oscar", "PROPN", "NNP", 2, "compound", "(1-person-new-nnnnn-cf1-2-sgl"),
        ("winner", "NOUN", "NN", 0, "root", "1)"),
    ) == [("Oscar", "unclear")]


def test_phrases_may_cross_and_brackets_that_never_opened_are_passed_over() -> None:
    rows = [["1", "Rome", "_", "PROPN", "NNP", "_", "0", "root", "_", "Entity=9)(1-place-new-nnnnn-cf1-1-sgl)"]]
    assert named_mentions(rows) == [Mention(0, 1, "place")]

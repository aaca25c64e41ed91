"""Who disputes what on a page: denials, doubts, rebuttals, contradictions and verdicts, and what is none of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest import claims
from ingest.annotate.nested import with_nested
from ingest.claims.denials import denials_in
from ingest.claims.matching import Judges, Relation, Stances
from ingest.claims.stances import opening_of, own_words
from ingest.model import (
    Annotations,
    Container,
    Document,
    Extraction,
    FactCheck,
    Outlet,
    Span,
    fact_check_id,
    outlet_id,
)
from tests.ingest.claims.pages import ANNOTATOR, page


class Numbers:
    """A judge for these tests: two texts are near where they share words, and contradict where their numbers differ."""

    dimensions = 64

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[sum(word.encode()) % self.dimensions] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        return [Relation(0.05, 0.9 if self._numbers(a) != self._numbers(b) else 0.0, "rule:numbers") for a, b in pairs]

    @staticmethod
    def _numbers(text: str) -> set[str]:
        return {word.strip(".,") for word in text.split() if word.strip(".,").isdigit()}


class Grumpy:
    """A judge of stances for these tests: whoever writes "worse" disagrees."""

    def stances(self, pairs: Sequence[tuple[str, str]]) -> list[Stances]:
        return [
            Stances(0.1, 0.8, 0.1, "model:test") if "worse" in reply else Stances(0.2, 0.2, 0.6, "model:test")
            for _, reply in pairs
        ]


def found_in(document: Document, judges: Judges | None = None) -> Extraction:
    containers = list(document.containers())
    annotated = ANNOTATOR.annotate(text for _, text in containers)
    annotations: dict[Container, Annotations] = {
        container: with_nested(text, one) for (container, text), one in zip(containers, annotated, strict=True)
    }
    return claims.find(document, annotations, judges)


def told(extraction: Extraction) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.by and one.by.name, one.target and one.target.text) for one in extraction.disputes]


# --- denials ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "points"),
    [
        ("The ministry denied that it had bought gas.", "denied", "it had bought gas", ""),
        ("The bank has repeatedly denied any wrongdoing.", "denied", "any wrongdoing", ""),
        ("He denied having met the lobbyist.", "denied", "met the lobbyist", ""),
        ("She denies stealing the painting.", "denies", "stealing the painting", ""),
        ("The mayor denied it.", "denied", None, "it"),
        ("The mayor denied the allegations.", "denied", None, "allegations"),
        ("The club rejected the claim that its coach was drunk.", "rejected", "its coach was drunk", ""),
        ("Paris dismissed the report as nonsense.", "dismissed the report as nonsense", None, "report"),
        ("The allegation was denied by the bank.", "denied", None, "allegation"),
        ("The palace issued a firm denial.", "issued a firm denial", None, "denial"),
        ("The army disputes that account.", "disputes", None, "account"),
        ("Berlin denied it, the agency reported.", "denied", None, "it"),
    ],
)
def test_wordings_of_denials(sentence: str, cue: str, content: str | None, points: str) -> None:
    (denial,) = denials_in(sentence, Annotations(sentences=(Span(0, len(sentence)),)))
    assert denial.cue.of(sentence) == cue
    assert [span.of(sentence) for span in denial.content] == ([content] if content else [])
    assert denial.points == points
    assert denial.source


@pytest.mark.parametrize(
    "sentence",
    [
        "Guards denied him entry.",
        "The court denied bail to the men.",
        "He was denied a visa.",
        "She does not deny the report.",
        "Nobody denies that it rains.",
        "He refused to deny the claim.",
        "They rejected the offer.",
        "The judge dismissed the case.",
        "The islands are disputed territory.",
        "A contested claim to the throne led to war.",
        "It denied itself nothing.",
        "The plan is to deny the enemy the harbour.",
        "There is no denying the heat.",
        "",
    ],
)
def test_what_looks_like_a_denial(sentence: str) -> None:
    assert denials_in(sentence, Annotations(sentences=(Span(0, len(sentence)),))) == []


def test_a_denial_that_no_annotator_found_is_an_assertion_that_denies() -> None:
    extraction = found_in(page("Five officials went on trial. Petar Iliev denied taking bribes from smugglers."))
    (denied,) = [one for one in extraction.assertions if one.polarity == "denied"]
    assert denied.text == "taking bribes from smugglers"
    assert denied.speaker is not None
    assert denied.speaker.name == "Petar Iliev"
    (dispute,) = extraction.disputes
    assert (dispute.target, dispute.proposition, dispute.assertion) == (None, denied.text, denied.id)


def test_nobody_denies_his_own_words() -> None:
    extraction = found_in(page("Ann Reed said that the dam was safe. Ann Reed denied that the dam was safe."))
    assert [one.target for one in extraction.disputes if one.kind == "denial"] == [None]


def test_not_untrue_is_no_denial() -> None:
    assert (
        found_in(page("Bob Lee said that the press is in trouble. Ann Reed said that this was not untrue.")).disputes
        == ()
    )


# --- doubts ----------------------------------------------------------------------------------------------------------


def test_a_doubt_is_the_writers() -> None:
    extraction = found_in(page("Bob Lee falsely claimed that the cycle lane cost ten million.", author="Jo Marsh"))
    assert told(extraction) == [("doubt", "Jo Marsh", "the cycle lane cost ten million")] or told(extraction) == [
        ("doubt", "Jo Marsh", "that the cycle lane cost ten million")
    ]


def test_without_a_by_line_it_is_the_outlets_and_else_nobodys() -> None:
    text = "Bob Lee falsely claimed that the cycle lane cost ten million."
    outlet = Outlet(outlet_id(domain="courier.example", name=""), "Courier", "courier.example")
    assert [one[1] for one in told(found_in(page(text, outlet=outlet)))] == ["Courier"]
    assert [one[1] for one in told(found_in(page(text)))] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The trains are supposed to run every hour.",
        "Her novel “The False Prophet” won a prize.",
        "A false alarm emptied the theatre.",
        "Yeah, right.",
        "Police said that the man allegedly entered through the roof.",
    ],
)
def test_what_looks_like_a_doubt(text: str) -> None:
    assert found_in(page(text, author="Jo Marsh")).disputes == ()


# --- stances and rebuttals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "stance"),
    [
        ("No, he never agreed.", "disagree"),
        ("That's simply wrong.", "disagree"),
        ("I strongly disagree.", "disagree"),
        ("You are mistaken, it was 1974.", "disagree"),
        ("Nope.", "disagree"),
        ("@olga - not really.", "disagree"),
        ("No, you're right.", "agree"),
        ("I can't disagree with that.", "agree"),
        ("Exactly. Well said.", "agree"),
        ("+1", "agree"),
        ("Yes, but the steel is late.", None),
        ("True, although the steel is late.", None),
        ("No doubt the steel is late, but so what.", None),
        ("“Exactly right,” said the man.", None),
        ("Does anybody know?", None),
        ("", None),
        ("!!!", None),
    ],
)
def test_first_words_that_take_sides(reply: str, stance: str | None) -> None:
    opening = opening_of(own_words(reply, ()))
    assert (opening and opening.stance) == stance


def test_what_a_reply_quotes_is_not_its_own() -> None:
    own = own_words("> No, it is not.\nExactly what I thought\nthe steel is late", (), "I fear the steel is late again")
    assert own.words == "Exactly what I thought"


def test_nothing_is_told_of_a_language_that_nothing_here_reads() -> None:
    comments = (("bert", None, "Der Markt war billig."), ("cleo", 0, "No, worse. Der Markt war nicht billig."))
    document = page("Der Rat schloss den Markt.", comments=comments)
    containers = list(document.containers())
    annotations = {container: Annotations() for container, _ in containers}
    judges = Judges(pairs=Numbers(), stance=Grumpy())
    for unread in ([0], [1], [0, 1]):
        extraction = claims.find(document, annotations, judges, unread)
        assert (extraction.replies[1].stance, extraction.disputes) == (None, ())
    assert claims.find(document, annotations, judges).replies[1].stance == "disagree"


def test_a_rebuttal_and_the_words_it_disputes() -> None:
    comments = (
        ("bert", None, "The stalls were empty most days. The market never made a profit. The roof leaks."),
        ("cleo", 0, "That is wrong. The market made a profit each year."),
    )
    extraction = found_in(page("The council closed the market.", comments=comments))
    (rebuttal,) = extraction.disputes
    assert (rebuttal.kind, rebuttal.by and rebuttal.by.name, rebuttal.stated_in) == ("rebuttal", "cleo", 1)
    assert rebuttal.target is not None
    assert (rebuttal.target.container, rebuttal.target.text) == (0, "The market never made a profit.")
    assert rebuttal.text == "That is wrong. The market made a profit each year."
    assert extraction.replies[1].stance == "disagree"


def test_a_judge_is_asked_where_the_first_words_tell_nothing() -> None:
    comments = (
        ("bert", None, "The harbour got better. It has a crane."),
        ("cleo", 0, "The harbour got worse."),
        ("dan", 0, "How deep is it?"),
        ("eve", 0, "Exactly."),
    )
    extraction = found_in(page("A page about nothing much.", comments=comments), Judges(stance=Grumpy()))
    assert [(one.stance, one.method) for one in extraction.replies] == [
        ("neutral", "model:test"),
        ("disagree", "model:test"),
        ("neutral", "model:test"),
        ("agree", "rule:opening"),
    ]
    assert told(extraction) == [("rebuttal", "cleo", "The harbour got better.")]


def test_a_reply_to_what_was_deleted() -> None:
    comments = ((None, None, ""), ("eli", 0, "That is false, and you know it."))
    extraction = found_in(page("The lake froze.", comments=comments), Judges(stance=Grumpy()))
    assert extraction.disputes == ()
    assert extraction.replies[1].stance is None


def test_a_page_that_quotes_itself_disputes_nothing() -> None:
    text = "“The dam is safe,” said Ann Reed. The dam is safe, we wrote last week.\n\n> The dam is safe"
    comments = (("bert", None, text), ("bert", 0, text))
    assert found_in(page(text, comments=comments)).disputes == ()


def test_ten_thousand_replies_to_one_comment() -> None:
    comments = [("bert", None, "The market never made a profit. The roof leaks.")]
    comments += [(f"u{n}", 0, "No, the market made a profit.") for n in range(10_000)]  # type: ignore[misc]
    extraction = found_in(page("The council closed the market.", comments=comments))
    assert len(extraction.disputes) == 10_000
    assert {one.target.text for one in extraction.disputes if one.target} == {"The market never made a profit."}


def test_a_claim_of_five_thousand_characters() -> None:
    long = "the mill " + "and the mill " * 400 + "was sold"
    extraction = found_in(page(f"Bob Lee said that {long}. Ann Reed denied that {long}."))
    (denial,) = [one for one in extraction.disputes if one.kind == "denial"]
    assert denial.target is not None


# --- contradictions and verdicts --------------------------------------------------------------------------------------


def test_a_contradiction_is_raised_by_the_later_one() -> None:
    text = "Bob Lee said that 9 people were killed in the clash. Ann Reed said that 40 people were killed in the clash."
    extraction = found_in(page(text), Judges(pairs=Numbers()))
    assert [(kind, by) for kind, by, _ in told(extraction)] == [("contradiction", "Ann Reed")]
    (one,) = extraction.disputes
    assert one.target is not None
    assert "9 people" in one.target.text
    assert one.basis == "cannot both be true"
    assert found_in(page(text)).disputes == ()


def test_who_contradicts_himself_is_told_so() -> None:
    text = "Bob Lee said that the plan will cost 2 billion. Bob Lee said that the plan will cost 5 billion."
    (one,) = found_in(page(text), Judges(pairs=Numbers())).disputes
    assert (one.kind, one.basis) == ("contradiction", "against an own earlier statement")


def checked(document: Document, verdict: str, claim: str, claimant: str | None = None) -> Document:
    outlet = Outlet(outlet_id(domain="checkdesk.com", name=""), "Check Desk", "checkdesk.com")
    identity = fact_check_id(None, outlet.id, claim, "Nope, sorry")
    check = FactCheck(
        identity, None, outlet, "Nope, sorry", verdict, claim, claimant, None  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(document, fact_checks=(check,))


def test_who_sets_two_things_against_one_another_does_not_contradict_himself() -> None:
    comments = (("bert", None, "There were 9 mills on the river Orla. There were 40 mills on the river Orla by 1900."),)
    assert found_in(page("A page about mills.", comments=comments), Judges(pairs=Numbers())).disputes == ()


def test_what_shares_few_words_is_not_compared() -> None:
    text = "Bob Lee said that 9 people were killed in the clash. Ann Reed said that 40 villages have no water since."
    assert found_in(page(text), Judges(pairs=Numbers())).disputes == ()


def test_a_verdict_on_what_the_page_reports() -> None:
    text = "Bob Lee said that the tap water causes cancer. Our verdict: nope, sorry."
    extraction = found_in(checked(page(text), "false", "The tap water causes cancer", "Bob Lee"))
    (one,) = extraction.disputes
    assert (one.kind, one.by and one.by.name, one.text) == ("fact_check", "Check Desk", "nope, sorry")
    assert one.target is not None
    assert one.target.assertion == extraction.fact_checks[0].assertion
    assert one.fact_check == extraction.fact_checks[0].id


def test_a_verdict_on_somebody_else_s_claim_or_on_what_is_not_there() -> None:
    text = "Bob Lee said that the tap water causes cancer."
    for claim, claimant in (("The tap water causes cancer", "Ann Reed"), ("Bats are blind", None)):
        (one,) = found_in(checked(page(text), "mixed", claim, claimant)).disputes
        assert one.target is None or one.target.assertion is None or claimant != "Ann Reed" or one.target.text in text
        assert one.text == "Nope, sorry"
    assert found_in(checked(page(text), "true", "The tap water causes cancer")).disputes == ()


def test_ids_tell_disputes_apart_and_stay_the_same() -> None:
    comments = (
        ("bert", None, "The market never made a profit."),
        ("cleo", 0, "No, it did."),
        ("cleo", 0, "No, it did not."),
    )
    document = page("Bob Lee said that the dam was safe. Ann Reed denied that the dam was safe.", comments=comments)
    one, two = found_in(document), found_in(document)
    assert one.disputes == two.disputes
    assert len({each.id for each in one.disputes}) == len(one.disputes) >= 2

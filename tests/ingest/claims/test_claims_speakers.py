"""Who a source is."""

from __future__ import annotations

import pytest

from ingest.model import Assertion, account_id, entity_id, outlet_id
from tests.ingest.claims.pages import extracted, only, page


def who(assertion: Assertion) -> tuple[str | None, str | None, str]:
    speaker = assertion.speaker
    return (speaker.name, speaker.kind, assertion.speaker_status) if speaker else (None, None, assertion.speaker_status)


@pytest.mark.parametrize(
    ("text", "name", "kind", "status"),
    [
        ("“It is late,” Dmitry Peskov said.", "Dmitry Peskov", "person", "resolved"),
        ("“It is late,” Kremlin Spokesman Dmitry Peskov said.", "Dmitry Peskov", "person", "resolved"),
        ("Dmitry Peskov, who was tired, said it was late.", "Dmitry Peskov", "person", "resolved"),
        ("It was Dmitry Peskov, who said it was late.", "Dmitry Peskov", "person", "resolved"),
        ("France said that it was late.", "France", "place", "resolved"),
        ("The Foreign Ministry said that it was late.", "Foreign Ministry", "organization", "resolved"),
        ("Most Russians say it is late.", "Russians", "group", "resolved"),
        ("The BBC reported that it was late.", "BBC", "outlet", "resolved"),
        ("Officials said that it was late.", "Officials", "unnamed", "unnamed"),
        ("The Trump aide said that it was late.", "The Trump aide", "unnamed", "unnamed"),
        ("A spokesman for Dmitry Peskov said that it was late.", "A spokesman for Dmitry Peskov", "unnamed", "unnamed"),
        ("It was reported that the talks had ended.", None, None, "none"),
        ("They said that it was late.", None, None, "unresolved"),
        ("He said that it was late.", None, None, "unresolved"),
    ],
)
def test_who_speaks(text: str, name: str | None, kind: str | None, status: str) -> None:
    assert who(only(page(text))) == (name, kind, status)


def test_ids_are_those_of_the_contract() -> None:
    document = page("Officials said that it was late.")
    assertion = only(document)
    assert assertion.speaker is not None
    assert assertion.speaker.id == entity_id("unnamed", "Officials", document.version)
    named = only(page("“It is late,” Dmitry Peskov said."))
    assert named.speaker is not None
    assert named.speaker.id == entity_id("person", "Dmitry Peskov")
    outlet = only(page("The BBC reported that it was late."))
    assert outlet.speaker is not None
    assert outlet.speaker.id == outlet_id(domain="bbc.co.uk", name="BBC")


def test_a_family_name_is_the_fuller_name_of_the_page() -> None:
    document = page("Dmitry Peskov left.", comments=[("ann", None, "Peskov said that it was late.")])
    assertion = only(document)
    assert who(assertion) == ("Dmitry Peskov", "person", "resolved")
    assert assertion.speaker is not None
    assert assertion.speaker.method == "rule:surname"
    (entity,) = (entity for entity in extracted(document).entities if entity.kind == "person")
    assert entity.aliases == ("Peskov",)
    assert [mention.container for mention in entity.mentions] == ["body", 0]


def test_a_family_name_that_two_share_stays_as_it_is() -> None:
    document = page("Donald Zyxwv met Melania Zyxwv. Zyxwv said that it was late.")
    assert who(only(document))[0] == "Zyxwv"


def test_a_pronoun_is_the_nearest_person_before_it_with_less_confidence_than_a_name() -> None:
    document = page("Dmitry Peskov came by train. He said that it was late.")
    assertion = only(document)
    assert who(assertion) == ("Dmitry Peskov", "person", "resolved")
    assert assertion.speaker is not None
    assert assertion.speaker.method == "rule:nearest-name"
    assert assertion.speaker.confidence <= 0.7
    (entity,) = extracted(document).entities
    assert [document.text[place.start : place.end] for place in entity.references] == ["He"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr. Peskov met Mrs. Zyxwv. He said that it was late.", "Peskov"),
        ("Mr. Peskov met Mrs. Zyxwv. She said that it was late.", "Zyxwv"),
        ("Dmitry Peskov came. “Donald Trump is late,” he said.", "Dmitry Peskov"),
    ],
)
def test_a_pronoun_passes_over_whom_it_cannot_mean(text: str, name: str) -> None:
    assert who(only(page(text)))[0] == name


def test_whom_one_pronoun_means_the_other_does_not() -> None:
    text = "Dr. Zyxwv came. She said that it was late. He said that it was early."
    assert [who(one)[0] for one in extracted(page(text)).assertions] == ["Zyxwv", None]


def test_a_pronoun_does_not_reach_into_another_container() -> None:
    document = page("Dmitry Peskov came.", comments=[("ann", None, "He said that it was late.")])
    assert who(only(document)) == (None, None, "unresolved")


def test_the_writer_of_a_comment_and_of_the_page() -> None:
    document = page(
        "I think that it is late.", author="Yves Smith", comments=[("ann", None, "We believe that it is early.")]
    )
    found = extracted(document).assertions
    assert [who(each) for each in found] == [("Yves Smith", "account", "resolved"), ("ann", "account", "resolved")]
    assert [each.speaker and each.speaker.id for each in found] == [
        account_id(document.site, "Yves Smith"),
        account_id(document.site, "ann"),
    ]


def test_a_writer_without_a_name_is_unresolved() -> None:
    assert who(only(page("I think that it is late."))) == (None, None, "unresolved")


def test_descriptions_that_may_mean_others_each_time_are_never_merged() -> None:
    text = (
        "Officials said that it was late. Officials said that it was early. "
        "The source said that it rained. The source said that it snowed."
    )
    found = [one.speaker for one in extracted(page(text)).assertions if one.speaker]
    assert [one.kind for one in found] == ["unnamed"] * len(found)
    officials = {one.id for one in found if one.name == "Officials"}
    sources = {one.id for one in found if one.name == "The source"}
    assert (len(officials), len(sources)) == (2, 1)
    comments = [("ann", None, "Officials said that it was late."), ("ben", None, "Officials said that it was early.")]
    apart = [one.speaker and one.speaker.id for one in extracted(page("Nothing.", comments=comments)).assertions]
    assert len(set(apart)) == 2

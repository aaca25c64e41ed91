from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.pairs.differences import difference


@pytest.mark.parametrize(
    ("a", "b", "kind", "contrary"),
    [
        ("The mine closed in 1989.", "The mine closed in 1998.", "dates", True),
        ("The fire killed 12 people.", "The fire killed 21 people.", "numbers", True),
        ("India agreed to buy the planes.", "India never agreed to buy the planes.", "negation", True),
        ("She knew of the letter.", "She did not know of the letter.", "negation", True),
        ("There is proof of fraud.", "There is no proof of fraud.", "negation", True),
        ("The bank will close the branch.", "The bank may close the branch.", "modality", False),
        ("The firm built a plant in Utah.", "The firm plans to build a plant in Utah.", "modality", False),
        ("Ferries should stop at noon.", "The ferries stop at noon.", "modality", False),
        ("Unless it rains, the crop is lost.", "The crop is lost.", "modality", False),
        ("The letters show that the auditors erred.", "The auditors show that the letters erred.", "roles", False),
        ("Nurses outnumber doctors.", "Doctors outnumber nurses.", "roles", False),
        ("The price of tin fell.", "The output of tin fell.", "measure", False),
        ("The price is high in Oslo.", "The price was high in Oslo.", "tense", False),
        ("The firm Nestor bought the mine near Oslo.", "The firm Vandal bought the mine near Oslo.", "names", True),
        ("On Sunday Kenya defeated Uganda.", "On Sunday Uganda defeated Kenya.", "roles", True),
        ("The court upheld the sentence.", "The court quashed the sentence.", "antonyms", True),
        ("Some nurses oppose the plan.", "Most nurses oppose the plan.", "scope", False),
    ],
)
def test_what_tells_two_texts_apart(a: str, b: str, kind: str, contrary: bool) -> None:
    found = difference(a, b)
    assert difference(b, a) == found
    assert found is not None
    assert (found.kind, found.contrary) == (kind, contrary)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The mayor resigned.", "The mayor stepped down."),
        ("The guard was not awake.", "The guard was asleep."),
        ("Kenya defeated Uganda in the final.", "Uganda was defeated by Kenya in the final."),
        ("He can't leave Rome.", "He cannot leave Rome."),
        ("The UK sent tanks.", "Britain sent tanks."),
        ("The port is closed.", "The port is closed."),
        ("The nurses met the doctors.", "The doctors met the nurses."),
        ("She will leave in May.", "She is going to leave in May."),
        ("They asked if it rains.", "They asked whether it rains."),
        ("Yesterday the dam broke.", "The dam broke yesterday."),
        ("The price of tin fell.", "The cost of tin fell."),
        ("The port is closed.", ""),
        ("", ""),
    ],
)
def test_other_words_for_the_same_are_left_to_the_network(a: str, b: str) -> None:
    assert difference(a, b) is None


@given(st.text(), st.text())
def test_any_two_strings_are_compared_alike_in_either_order(a: str, b: str) -> None:
    assert difference(a, b) == difference(b, a)
    assert difference(a, a) is None

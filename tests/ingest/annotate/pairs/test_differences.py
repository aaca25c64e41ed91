from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.pairs.differences import difference, other_word


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
        ("In tests heavy smoking causes gout.", "In tests gout causes heavy smoking.", "roles", False),
        ("The gift came from the abbot.", "The gift came to the abbot.", "roles", False),
        ("The club voted for the ban.", "The club voted against the ban.", "roles", False),
        ("The inquiry was too short.", "The inquiry was too long.", "antonyms", True),
        ("The firm accepted the offer.", "The firm refused the offer.", "antonyms", True),
        ("The crew failed to stop the leak.", "The crew stopped the leak.", "negation", True),
        ("The king refused to speak to the monks.", "The king spoke to the monks.", "negation", True),
        ("The bishop ordered the monks to leave the abbey.", "The monks left the abbey.", "modality", False),
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
        ("Wages rose while prices fell.", "Prices fell while wages rose."),
        ("The winner of the race is Smith.", "Smith is the winner of the race."),
        ("After the flood the mine closed.", "The mine closed after the flood."),
        ("The lake froze on Monday.", "The lake was frozen on Monday."),
        ("The port is closed.", ""),
        ("", ""),
    ],
)
def test_other_words_for_the_same_are_left_to_the_network(a: str, b: str) -> None:
    assert difference(a, b) is None


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [
        ("Fish stocks in the bay are low.", "Fish prices in the bay are low.", True),
        ("The captain of the ferry was arrested.", "The owner of the ferry was arrested.", True),
        ("She bought the mill last year.", "She purchased the mill last year.", False),
        ("The lake froze on Monday.", "The lake freezes on Monday.", False),
        ("The court met in Oslo.", "The court met in Bergen.", False),
        ("The court met in Oslo.", "The court met in Oslo.", False),
        ("The court met.", "Bees like clover.", False),
        ("Nurses and doctors met.", "Cooks and waiters met.", False),
    ],
)
def test_a_word_that_is_far_from_the_others_is_noticed(a: str, b: str, far: bool) -> None:
    assert other_word(a, b) is far
    assert other_word(b, a) is far


@given(st.text(), st.text())
def test_any_two_strings_are_compared_alike_in_either_order(a: str, b: str) -> None:
    assert difference(a, b) == difference(b, a)
    assert difference(a, a) is None
    assert other_word(a, b) == other_word(b, a)

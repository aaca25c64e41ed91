"""Which names mean the same one on every page."""

from __future__ import annotations

import pytest

from ingest.model import account_id, entity_id
from ingest.naming import account, anybody, named, says_who
from tests.factories import extraction


@pytest.mark.parametrize(
    "name", ["Dmitry Peskov", "Mr Dmitry Peskov", "Xi Jinping", "习近平", "J. K. Rowling", "Kim Jong-un", "Bo Li"]
)
def test_a_full_name_says_who(name: str) -> None:
    assert says_who("person", name)


@pytest.mark.parametrize(
    "name", ["Peskov", "Mr. Peskov", "President Putin", "D. Peskov", "P.", "Smith Jr.", "", "Dr. House", "🙂"]
)
def test_a_surname_does_not(name: str) -> None:
    assert not says_who("person", name)


def test_anything_else_is_known_by_one_word() -> None:
    assert says_who("organization", "Gazprom")
    assert says_who("place", "Moscow")


@pytest.mark.parametrize(
    "name",
    ["Anonymous", "anonymous coward", "Guest", "Guest 12", "guest_4711", "Admin", "A.", "a", "A. K.", "J.K.", "JFK",
     "42", "", "The Editors", "Staff Writer", "User 9", "…", "anónimo"],
)  # fmt: skip
def test_anybody_may_be_called_so(name: str) -> None:
    assert anybody(name)


@pytest.mark.parametrize(
    "name", ["Otto", "Yves Smith", "ann", "The Guest House", "anonymous4peace now", "Bo", "Test Pilot Joe"]
)
def test_a_name_of_ones_own(name: str) -> None:
    assert not anybody(name)


def test_who_is_not_known_by_the_name_is_local_to_the_page() -> None:
    one, other = (extraction("Nothing.", url=f"https://a.example/{n}").document for n in (1, 2))
    assert account(one, "Otto") == account(other, "Otto") == account_id("a.example", "Otto")
    assert account(one, "Guest") == account(one, "Guest") != account(other, "Guest")
    assert named(one, "person", "Mira Holm") == named(other, "person", "Mira Holm") == entity_id("person", "Mira Holm")
    assert named(one, "person", "Holm") != named(other, "person", "Holm")
    assert named(one, "organization", "Holm") == named(other, "organization", "Holm")

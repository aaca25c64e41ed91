"""The catalogue of outlets: that it holds together, and what its loader refuses."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from ingest.claims.outlets_catalogue import (
    CatalogueError,
    Entry,
    alike,
    catalogue_of,
    contradictions,
    plain,
    read,
    shipped,
    without_article,
)

ENTRY = {"name": "Quay Gazette", "domains": ["quay-gazette.example.com"], "country": "IE", "medium": "newspaper"}


def entry(**changed: object) -> Entry:
    (made,) = read([json.dumps({**ENTRY, "domains": ["example.com"], **changed})])
    return made


def test_what_ships_contradicts_itself_nowhere() -> None:
    assert list(contradictions(shipped().entries)) == []


def test_what_ships_knows_all_parts_of_the_world() -> None:
    entries = shipped().entries
    assert len(entries) >= 800
    assert len({one.country for one in entries}) >= 120
    agencies = {one.country for one in entries if one.medium == "agency"}
    assert agencies >= {"AR", "AU", "BR", "CN", "DE", "FR", "GB", "IN", "JP", "KE", "NG", "RU", "UA", "US"}


def test_a_name_that_is_also_a_place_or_a_person_is_left_to_its_context() -> None:
    data = files("ingest.annotate") / "data"
    places = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    people = json.loads((data / "us_politicians.json").read_text(encoding="utf-8"))
    others = {alike(name) for lists in (places, people) for names in lists.values() for name in names}
    clear = {alike(without_article(name)) for one in shipped().entries for name, kind in one.forms() if kind == "clear"}
    assert clear & others == set()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"country": "UK"}, "code of no country"),
        ({"medium": "paper"}, "is none of"),
        ({"kind": "newspaper"}, "no field 'kind'"),
        ({"domains": "example.com"}, "not what belongs there"),
        ({"names": [1]}, "not what belongs there"),
        ({"state": "yes"}, "not what belongs there"),
    ],
)
def test_a_line_that_is_no_outlet_is_refused(changed: dict[str, object], says: str) -> None:
    with pytest.raises(CatalogueError, match=f"line 1 .*{says}"):
        entry(**changed)


def test_a_line_that_is_no_json_or_lacks_a_field_is_refused() -> None:
    with pytest.raises(CatalogueError, match="line 2"):
        read([json.dumps(ENTRY), "{"])
    with pytest.raises(CatalogueError, match="medium"):
        read(['{"name": "Quay Gazette"}'])


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ({}, {"name": "Tarn News"}, "both of Tarn News and of Quay Gazette"),
        ({"names": ["The Quay"]}, {"name": "Tarn News", "names": ["QUAY"], "domains": []}, "means both"),
        ({"name": "Quay Gazétte"}, {"name": "Quay Gazette", "domains": []}, "shown alike"),
        ({"name": "Tarn News"}, {"name": "Quay Gazette", "domains": []}, "not where its name sorts"),
        ({"domains": ["news.example.com"]}, {"name": "Tarn News", "domains": []}, "not a registered domain"),
        ({"hosts": ["example.org"]}, {"name": "Tarn News", "domains": []}, "belongs among the domains"),
        ({"names": ["Gazette", "Gazette"]}, {"name": "Tarn News", "domains": []}, "there twice"),
        ({"names": ["Gazette"], "short": ["Gazette"]}, {"name": "Tarn News", "domains": []}, "there twice"),
        ({"names": ["Gazette (Quay)"]}, {"name": "Tarn News", "domains": []}, "no name as it stands"),
    ],
)
def test_contradictions_are_told(first: dict[str, object], second: dict[str, object], says: str) -> None:
    told = list(contradictions([entry(**first), entry(**second)]))
    assert any(says in line for line in told), told


def test_two_may_share_a_short_name() -> None:
    pair = [entry(short=["Gazette"]), entry(name="Tarn Gazette", short=["Gazette"], domains=[])]
    assert list(contradictions(pair)) == []


def test_an_outlet_is_looked_up_by_its_name_if_that_is_clear() -> None:
    catalogue = catalogue_of((entry(names=["Quay Daily"], short=["Gazette"]),))
    assert catalogue.named("the quay daily") == catalogue.entries[0].outlet
    assert catalogue.named("QUAY GAZETTE") == catalogue.entries[0].outlet
    assert catalogue.named("Gazette") is None


def test_plain_keeps_every_offset() -> None:
    text = "Süddeutsche’s Página/12, O’Brien\nand the Đ 𝒳."
    assert len(plain(text)) == len(text)
    assert plain(text).startswith("Suddeutsche's Pagina/12, O'Brien\n")

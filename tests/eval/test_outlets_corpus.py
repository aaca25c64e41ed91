"""How many of the outlets that real pages name are known and found: 40 PolNeAR articles, and all saved pages.

``outlets/articles.jsonl``: 40 articles of PolNeAR's training part, drawn by ``random.Random(5).sample`` from the sorted
names, each with the places where it names an outlet (start, end, outlet; platforms and programmes count), labelled by
reading. ``outlets/pages.jsonl``: which outlets the seed page and each saved thread name and link to. Facts only; the
texts stay where they are. A programme counts as the outlet that publishes it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.claims.outlets import all_named, linked_from, named_in, own_outlet
from ingest.claims.outlets_catalogue import shipped
from ingest.model import Fetched
from ingest.read import read

HERE = Path(__file__).parent / "outlets"
DATA = Path(__file__).parents[2] / "../shared/data"
ARTICLES = DATA / "polnear" / "train"

needs_data = pytest.mark.skipif(not ARTICLES.is_dir(), reason="../shared/data is absent")


def labelled(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_articles_are_forty() -> None:
    assert len({each["article"] for each in labelled("articles")}) == 40


def test_the_outlets_that_articles_name_are_known() -> None:
    known = {entry.name for entry in shipped().entries}
    named = [(each["article"], outlet) for each in labelled("articles") for *_, outlet in each["mentions"]]
    assert sum(outlet in known for _, outlet in set(named)) / len(set(named)) >= 0.95


@needs_data
def test_the_outlets_that_articles_name_are_found() -> None:
    wanted = found = right = told = 0
    for each in labelled("articles"):
        text = (ARTICLES / f"{each['article']}.txt").read_bytes().decode()
        places = [(span.start, span.end, span.outlet.name) for span in named_in(text, None)]
        mentions = [tuple(mention) for mention in each["mentions"]]
        wanted += len(mentions)
        found += sum(any(meets(mention, place) for place in places) for mention in mentions)
        told += len(places)
        right += sum(any(meets(mention, place) for mention in mentions) for place in places)
    assert found / wanted >= 0.97, f"{found} of {wanted}"
    assert right / told >= 0.97, f"{right} of {told}"


def meets(mention: tuple[int, int, str], place: tuple[int, int, str]) -> bool:
    return mention[2] == place[2] and mention[0] < place[1] and place[0] < mention[1]


@needs_data
def test_the_outlets_that_pages_name_and_link_to_are_found() -> None:
    wanted = found = 0
    for each in labelled("pages"):
        (path,) = DATA.glob(f"*/{each['page']}")
        media_type = "text/html" if path.suffix == ".html" else "text/plain"
        document = read(Fetched(path.name, path.read_bytes(), None, media_type, None, datetime.now(UTC)))
        own = own_outlet(document)
        for key, spans_of in (("named", all_named(document, own)), ("linked", linked_from(document, own))):
            there = {span.outlet.name for spans in spans_of.values() for span in spans}
            wanted += len(each[key])
            found += len(there & set(each[key]))
    assert found / wanted >= 0.95, f"{found} of {wanted}"

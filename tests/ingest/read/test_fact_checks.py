"""ClaimReview in the mark-up of pages: JSON-LD and microdata, well written and not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.model import Document, Fetched
from ingest.read import read
from ingest.read.fact_checks import verdict_of

URL = "https://checkdesk.com/2024/taps"
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "/2024/taps",
    "datePublished": "2024-05-02",
    "claimReviewed": "The tap water in Velm causes cancer.",
    "author": {"@type": "Organization", "name": "Check Desk", "url": "https://checkdesk.com/"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Karl Hodge"}},
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": "1",
        "bestRating": "5",
        "worstRating": "1",
        "alternateName": "Pants on Fire!",
    },
}
BODY = (
    "<p>At a rally in Velm, Karl Hodge said that the tap water in Velm causes cancer. The laboratory found nothing.</p>"
    * 2
)


def page(head: str, body: str = BODY, url: str | None = URL) -> Document:
    article = f"<article><h1>Taps</h1>{body}</article>"
    markup = f"<html lang='en'><head><title>Taps</title>{head}</head><body>{article}</body></html>"
    return read(Fetched("taps.html", markup.encode(), url, "text/html", "utf-8", datetime(2026, 1, 2, tzinfo=UTC)))


def script(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def test_json_ld() -> None:
    document = page(script(REVIEW))
    (check,) = document.fact_checks
    assert (check.rating, check.verdict, check.claimant) == ("Pants on Fire!", "false", "Karl Hodge")
    assert check.claim_text == "The tap water in Velm causes cancer."
    assert check.url == URL
    assert check.outlet is not None
    assert (check.outlet.name, check.outlet.domain) == ("Check Desk", "checkdesk.com")
    assert check.published_at == datetime(2024, 5, 2)
    assert document.notes == ()


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@graph": [REVIEW]}]},
        {
            "@type": "NewsArticle",
            "review": {"@type": ["Review", "ClaimReview"], **{k: v for k, v in REVIEW.items() if k != "@type"}},
        },
        f"<!-- {json.dumps(REVIEW)} -->",
        f"//<![CDATA[\n{json.dumps(REVIEW)}\n//]]>",
        json.dumps(REVIEW)[:-1] + ",}",
    ],
)
def test_however_it_is_wrapped(wrapped: Any) -> None:
    (check,) = page(script(wrapped)).fact_checks
    assert check.verdict == "false"


def test_several_in_their_order_and_each_once() -> None:
    other = {
        **REVIEW,
        "claimReviewed": "Bats are blind.",
        "reviewRating": {"ratingValue": 3, "bestRating": 5, "worstRating": 1},
    }
    found = page(script(REVIEW) + script([other, REVIEW])).fact_checks
    assert [(one.claim_text, one.verdict, one.rating) for one in found] == [
        ("The tap water in Velm causes cancer.", "false", "Pants on Fire!"),
        ("Bats are blind.", "mixed", "3"),
    ]


def test_what_is_told_elsewhere_in_the_graph() -> None:
    graph = {
        "@graph": [
            {**REVIEW, "author": {"@id": "#desk"}, "reviewRating": {"@id": "#rating"}},
            {"@id": "#desk", "@type": "Organization", "name": "Check Desk"},
            {"@id": "#rating", "@type": "Rating", "alternateName": "Mostly False"},
        ]
    }
    (check,) = page(script(graph)).fact_checks
    assert check.verdict == "mostly_false"
    assert check.outlet is not None
    assert check.outlet.name == "Check Desk"


def test_microdata() -> None:
    body = f"""{BODY}<div itemscope itemtype="https://schema.org/ClaimReview">
      <meta itemprop="datePublished" content="2024-05-02"><a itemprop="url" href="{URL}">Our check</a>
      <span itemprop="claimReviewed">The tap water in Velm causes cancer.</span>
      <div itemprop="author" itemscope itemtype="https://schema.org/Organization">
      <span itemprop="name">Check Desk</span></div>
      <div itemprop="itemReviewed" itemscope>
      <div itemprop="author" itemscope><b itemprop="name">Karl Hodge</b></div></div>
      <div itemprop="reviewRating" itemscope><span itemprop="alternateName">Misleading</span></div></div>"""
    (check,) = page("", body).fact_checks
    assert (check.verdict, check.claimant, check.claim_text) == (
        "mostly_false",
        "Karl Hodge",
        "The tap water in Velm causes cancer.",
    )


def test_what_is_broken_is_left_out_and_said() -> None:
    document = page(script('{"@type": "ClaimReview", "claimReviewed": "The tap ') + script({"@type": "ClaimReview"}))
    assert document.fact_checks == ()
    assert "tap water" in document.text
    assert document.notes == (
        "a ClaimReview in JSON-LD that is broken was left out",
        "a ClaimReview that names no claim or no rating was left out",
    )


@pytest.mark.parametrize(
    "strange",
    [
        "[" * 5_000 + "]" * 5_000,
        "null",
        "3",
        {"@type": "ClaimReview", "claimReviewed": ["x"], "reviewRating": [], "author": 3},
        {
            "@type": "ClaimReview",
            "claimReviewed": "A\ud800b \x00 c",
            "reviewRating": {"alternateName": "False"},
            "url": "http://[",
            "author": [None],
        },
        {
            "@type": "ClaimReview",
            "claimReviewed": "A b",
            "reviewRating": {"ratingValue": "NaN", "bestRating": "1e999", "worstRating": True},
        },
    ],
)
def test_whatever_stands_there_the_page_is_read(strange: Any) -> None:
    document = page(script(strange))
    assert "tap water" in document.text
    for check in document.fact_checks:
        check.claim_text.encode()


@pytest.mark.parametrize(
    ("rating", "verdict"),
    [
        ("False", "false"),
        ("FALSE.", "false"),
        ("Pants on Fire", "false"),
        ("Four Pinocchios", "false"),
        ("Fake news", "false"),
        ("False. The photo shows another bridge", "false"),
        ("Fałsz", "false"),
        ("Faux", "false"),
        ("Falso", "false"),
        ("Frei erfunden", "false"),
        ("Mostly False", "mostly_false"),
        ("Three Pinocchios", "mostly_false"),
        ("Misleading", "mostly_false"),
        ("Engañoso", "mostly_false"),
        ("Missing context", "mostly_false"),
        ("Half True", "mixed"),
        ("Mixture", "mixed"),
        ("Partly false", "mixed"),
        ("Teilweise falsch", "mixed"),
        ("Mostly True", "mostly_true"),
        ("Correct", "true"),
        ("Vrai", "true"),
        ("Geppetto Checkmark", "true"),
        ("Not true", "false"),
        ("Unproven", "unproven"),
        ("No evidence", "unproven"),
        ("Unbelegt", "unproven"),
        ("See our article", "other"),
        ("", "other"),
        ("Truestory", "other"),
    ],
)
def test_ratings_in_words(rating: str, verdict: str) -> None:
    assert verdict_of(rating) == verdict


@pytest.mark.parametrize(
    ("value", "best", "worst", "verdict"),
    [
        (1, 5, 1, "false"),
        (2, 5, 1, "mostly_false"),
        (3, 5, 1, "mixed"),
        (4, 5, 1, "mostly_true"),
        (5, 5, 1, "true"),
        (5, 1, 5, "false"),
        (0, 100, 0, "false"),
        (3, 3, 3, "other"),
        (-1, -1, -1, "other"),
        (9, 5, 1, "other"),
        (1, None, 1, "other"),
    ],
)
def test_ratings_in_numbers(value: float, best: float | None, worst: float | None, verdict: str) -> None:
    assert verdict_of(None, value, best, worst) == verdict

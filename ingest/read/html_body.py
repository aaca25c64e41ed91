"""The main text of a page and what the page says about itself, by trafilatura and the page's own metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

import trafilatura
from lxml.etree import _Element
from lxml.html import HtmlElement
from trafilatura.baseline import baseline

from ingest.model import Block, Link
from ingest.read.blocks import with_roles
from ingest.read.html_facts import Facts, facts_of, restore_captions
from ingest.read.html_flow import FlowBlock, Flowed, flow
from ingest.read.htmlthreads import absolute, linked
from ingest.read.htmlthreads.fields import clean_name
from ingest.read.htmlthreads.times import TimeReader, from_attribute
from ingest.read.pieces import Piece
from ingest.read.words import wordset

_ARTICLES: Final = wordset(
    """
    Article NewsArticle BlogPosting Report OpinionNewsArticle AnalysisNewsArticle ReportageNewsArticle
    ReviewNewsArticle BackgroundNewsArticle AskPublicNewsArticle LiveBlogPosting TechArticle ScholarlyArticle
    SocialMediaPosting DiscussionForumPosting Recipe WebPage
    """
)
_BYLINE: Final = re.compile(
    r"^(?:view all posts by|all posts by|posts by|posted by|written by|by|von|par|por|da|door|av|af|"
    r"articles? by|autor(?:in)?:|author:)\s+",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(r"\s+[|»·•–—]\s+|\s+-\s+|\s+::\s+")


# How much longer a short page may be than what trafilatura found, to be taken whole.
_NEAR: Final = 1.6


@dataclass(frozen=True, slots=True)
class Body:
    """The main text with its layout; offsets of blocks and links are into ``text``."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a page says about itself, as far as it does. ``url`` is the canonical address that it states."""

    title: str | None
    author: str | None
    published_at: datetime | None
    site: str | None
    url: str | None
    language: str | None


def read_body(root: _Element, base: str | None, url: str | None) -> tuple[Body, Any]:
    """The main text of a page whose threads have been taken out, and trafilatura's own record of the page.

    Falls back to all paragraphs of the page, then to all that is to be seen, where no main text stands out. The text is
    empty where there is none at all. ``root`` is left as it is.
    """
    tree = deepcopy(root)
    for anchor in tree.iter("a"):
        target = absolute(anchor.get("href"), base)
        if target is not None:
            anchor.set("href", target)
        else:
            anchor.attrib.pop("href", None)
    record = _extracted(tree, url)
    body = getattr(record, "body", None)
    if body is not None:
        restore_captions(body, tree)
    flowed = flow([body]) if body is not None else Flowed("")
    if len(flowed.blocks) <= 1:
        flowed = _short(tree, flowed)
    if not flowed.text:
        flowed = _fallback(tree)
    facts = facts_of(tree)
    pieces = [_piece(flowed.text, block, facts) for block in flowed.blocks]
    blocks = with_roles(flowed.text, pieces, marked=True)
    links = tuple(
        Link("body", link.start, link.end, target)
        for link in flowed.links
        if link.end > link.start and (target := absolute(link.target, None)) is not None
    )
    return Body(flowed.text, blocks, links), record


def _piece(text: str, block: FlowBlock, facts: Facts) -> Piece:
    words = text[block.start : block.end]
    return Piece(
        "caption" if block.kind == "paragraph" and facts.is_caption(words) else block.kind,
        block.start,
        block.end,
        bold=block.bold,
        depth=facts.depth(words, block.depth),
        signs=facts.signs(words),
    )


def _extracted(root: _Element, url: str | None) -> Any:
    try:
        return trafilatura.bare_extraction(
            cast(HtmlElement, deepcopy(root)),
            url=url,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
            deduplicate=False,
            with_metadata=True,
        )
    except Exception:
        # Whatever a broken page does to trafilatura, its words are still there to be read.
        return None


def _short(root: _Element, found: Flowed) -> Flowed:
    """The text of a short page with its paragraphs, which trafilatura runs together."""
    wanted = "".join(found.text.split())
    if not wanted:
        return found
    for path in (".//*[@itemprop='articleBody']", ".//article", ".//main", ".//*[@role='main']", "body"):
        parts = root.findall(path)
        flowed = flow(parts[:1], dropped=_is_frame) if len(parts) == 1 else Flowed("")
        if wanted in "".join(flowed.text.split()) and len(flowed.text) < _NEAR * len(found.text):
            return flowed
    return found


def _is_frame(element: _Element) -> bool:
    return element.tag in {"nav", "aside", "footer", "form"}


def _fallback(root: _Element) -> Flowed:
    try:
        body, _, _ = baseline(cast(HtmlElement, deepcopy(root)))
    except Exception:  # as above
        body = None
    if body is not None:
        flowed = flow([body])
        if flowed.text:
            return flowed
    whole = root.find("body")
    return flow([whole if whole is not None else root])


def read_about(root: _Element, record: Any, language: str | None) -> About:
    """What the page says about itself: in markup for machines first, and otherwise as trafilatura reads it."""
    data = list(_linked_data(root))
    articles = [one for one in data if _types(one) & _ARTICLES]
    articles.sort(key=lambda one: "WebPage" in _types(one))
    site = _meta(root, "og:site_name") or _publisher(data) or _meta(root, "application-name") or _stated_site(record)
    return About(
        title=_title(root, record, site),
        author=_author(root, record, articles),
        published_at=_published(root, record, articles, language),
        site=site,
        url=absolute(_canonical(root), None),
        language=language,
    )


# --- JSON-LD and meta elements --------------------------------------------------------------------------------------


def _linked_data(root: _Element) -> Iterator[dict[str, Any]]:
    for data in linked.scripts(root):
        for one in data if isinstance(data, list) else [data]:
            if isinstance(one, dict):
                yield one
                graph = one.get("@graph")
                if isinstance(graph, list):
                    yield from (node for node in graph if isinstance(node, dict))


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {str(one).rsplit("/", 1)[-1] for one in (kind if isinstance(kind, list) else [kind]) if one}


def _meta(root: _Element, *names: str) -> str | None:
    for name in names:
        for element in root.iter("meta"):
            if (element.get("property") or element.get("name") or element.get("itemprop") or "").lower() == name:
                content = " ".join((element.get("content") or "").split())
                if content:
                    return content
    return None


def _canonical(root: _Element) -> str | None:
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            return element.get("href")
    return _meta(root, "og:url")


def _publisher(data: list[dict[str, Any]]) -> str | None:
    for node in data:
        publisher = node.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            if isinstance(one, dict) and isinstance(one.get("name"), str) and one["name"].strip():
                return " ".join(one["name"].split())
    for node in data:
        if (
            _types(node) & {"WebSite", "NewsMediaOrganization"}
            and isinstance(node.get("name"), str)
            and node["name"].strip()
        ):
            return " ".join(node["name"].split())
    return None


def _stated_site(record: Any) -> str | None:
    site = getattr(record, "sitename", None)
    # trafilatura also takes the site's account on Twitter for its name.
    if not site or site.startswith("@") or site == getattr(record, "title", None):
        return None
    return site if " " in site or "." in site else None


def _title(root: _Element, record: Any, site: str | None) -> str | None:
    title = getattr(record, "title", None) or _meta(root, "og:title", "title")
    if not title:
        return None
    title = " ".join(title.split())
    first = next((" ".join("".join(element.itertext()).split()) for element in root.iter("h1")), "")
    cuts = list(_SEPARATOR.finditer(title))
    for cut in cuts:
        head, tail = title[: cut.start()], title[cut.end() :]
        if (first and head.casefold() == first.casefold()) or (
            site and tail.casefold() in {site.casefold(), f"the {site.casefold()}"}
        ):
            return head
        if site and head.casefold() == site.casefold() and not cuts[1:]:
            return tail
    return title


def _author(root: _Element, record: Any, articles: list[dict[str, Any]]) -> str | None:
    for node in articles:
        names = [_byline(name) for name in _names(node.get("author"))]
        found = [name for name in names if name]
        if found:
            return "; ".join(dict.fromkeys(found))
    stated = getattr(record, "author", None) or _meta(root, "author", "dc.creator", "article:author") or ""
    found = [name for one in stated.split(";") if (name := _byline(one))]
    if found:
        return "; ".join(dict.fromkeys(found))
    for element in root.iter("a"):
        if "author" in (element.get("rel") or "").split():
            name = _byline("".join(element.itertext()))
            if name:
                return name
    return None


def _names(author: Any) -> Iterator[str]:
    for one in author if isinstance(author, list) else [author]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and isinstance(one.get("name"), str):
            yield one["name"]


def _byline(text: str) -> str | None:
    if re.match(r"^\s*(?:https?:|www\.)", text):
        return None
    name = clean_name(_BYLINE.sub("", " ".join(text.split())))
    return name if name and "@" not in name.strip("@") else None


def _published(root: _Element, record: Any, articles: list[dict[str, Any]], language: str | None) -> datetime | None:
    times = TimeReader(language)
    stated = [node.get("datePublished") for node in articles]
    stated.append(
        _meta(
            root,
            "article:published_time",
            "datepublished",
            "dc.date.issued",
            "dcterms.created",
            "dc.date",
            "date",
            "sailthru.date",
            "parsely-pub-date",
        )
    )
    for value in stated:
        when = from_attribute(value) if isinstance(value, str) else None
        if when is not None:
            return when
    day = from_attribute(getattr(record, "date", None))
    for element in root.iter("time", "abbr", "span", "meta"):
        names = (element.get("class") or "").split()
        if (
            element.get("itemprop") == "datePublished"
            or (
                element.tag == "time"
                and (element.get("pubdate") is not None or {"published", "entry-date", "dt-published"} & set(names))
            )
            or (element.tag == "abbr" and "published" in names)
        ):
            value = (
                element.get("datetime") or element.get("content") or element.get("title") or "".join(element.itertext())
            )
            when = from_attribute(value) or times.read(value)
            if when is not None and (day is None or when.date() == day.date()):
                return when
    return _clock_of(root, day, times) or _beside_update(root, day, times) or day


def _clock_of(root: _Element, day: datetime | None, times: TimeReader) -> datetime | None:
    """The time of day that the page shows for the day it was published."""
    for element in root.iter("time"):
        for value in (element.get("datetime"), "".join(element.itertext())):
            when = (from_attribute(value) or times.read(value)) if value else None
            if when is not None and day is not None and when.date() == day.date() and (when.hour or when.minute):
                return when
    return None


def _beside_update(root: _Element, day: datetime | None, times: TimeReader) -> datetime | None:
    """The date that stands beside a date of the last change, where only the latter is marked up."""
    for element in root.iter("span", "time", "abbr"):
        if day is None or "updated" not in (element.get("class") or "").split():
            continue
        changed = from_attribute(element.get("datetime") or "".join(element.itertext()).strip())
        above = element.getparent()
        if changed is None or changed.date() != day.date() or above is None:
            continue
        for sibling in above:
            when = times.read("".join(sibling.itertext())) if sibling is not element else None
            if when is not None and when.date() < day.date():
                return when
    return None

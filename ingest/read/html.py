"""HTML -> Document: the main text with its layout, and the comment thread as a tree."""

from __future__ import annotations

import hashlib
import re
from typing import Final

import lxml.html
from lxml.etree import ParserError, XMLSyntaxError, _Element

from ingest.errors import NoTextError, TooLargeError
from ingest.model import Document, Fetched, Link, Outlet, document_id, outlet_id, version_id
from ingest.read import thread
from ingest.read.encoding import decode, without_surrogates
from ingest.read.fact_checks import fact_checks_of
from ingest.read.html_body import read_about, read_body
from ingest.read.htmlthreads import Found, absolute, find, remove
from ingest.read.language import language_of
from ingest.read.limits import ReadLimits
from ingest.urls import canonical, registered_domain

# libxml2 cuts off what is nested deeper, without a word.
_PARSER_DEPTH: Final = 2_040
_PASSAGES: Final = (
    "p",
    "span",
    "li",
    "blockquote",
    "q",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
# libxml2 reads these, as references too, and lxml refuses to set them as text again, which trafilatura does.
_NOT_XML: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(fetched: Fetched, limits: ReadLimits) -> Document:
    """Reads a page of HTML.

    Raises:
        EncodingError: text in no encoding that could be found out.
        BinarySourceError: not text at all.
        TooLargeError: too many elements, or elements nested too deep.
        NoTextError: no text to be seen.
    """
    markup = decode(fetched.body, source=fetched.source, charset=fetched.charset, markup=True)
    return read_html(fetched, markup, limits)


def read_html(fetched: Fetched, markup: str, limits: ReadLimits) -> Document:
    """Reads a page of HTML that has been decoded. Raises as ``read`` does, decoding apart."""
    root = _parse(fetched.source, markup, limits)
    url = canonical(fetched.url) if fetched.url is not None else None
    base = _base(root, fetched.url)
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    checked = fact_checks_of(root, base or absolute(_own_address(root), None))
    _unfold(root)
    found = find(root, base=base, page_url=fetched.url or absolute(_own_address(root), None), language=stated)
    _drop_hidden(root)
    body, record = read_body(root, base, fetched.url)
    if not body.text and not found:
        raise NoTextError(fetched.source, "a page without any text of its own")
    about = read_about(root, record, stated)
    sha256 = hashlib.sha256(fetched.body).hexdigest()
    document = document_id(url=url, sha256=sha256)
    comments = thread.comments(document, (_entry(comment, about.author) for comment in found))
    title = without_surrogates(about.title) if about.title else None
    return Document(
        id=document,
        version=version_id(document, title, body.text),
        kind="html",
        url=url,
        title=title,
        outlet=_outlet(about.site, url or about.url),
        author=about.author,
        published_at=about.published_at,
        fetched_at=fetched.fetched_at,
        language=language_of(body.text or " ".join(comment.text for comment in comments), stated),
        sha256=sha256,
        text=body.text,
        blocks=body.blocks,
        links=(*body.links, *_comment_links(found)),
        comments=comments,
        fact_checks=checked.fact_checks,
        notes=checked.notes,
    )


def _parse(source: str, markup: str, limits: ReadLimits) -> _Element:
    markup = _DECLARATION.sub("", without_surrogates(markup), count=1).replace("\x00", "")
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, default_doctype=False
    )
    try:
        root = lxml.html.document_fromstring(markup.encode("utf-8"), parser=parser, ensure_head_body=False)
    except (ParserError, XMLSyntaxError, ValueError) as error:
        raise NoTextError(source, "a page without any text of its own") from error
    depth, elements = _measure(root)
    if elements > limits.max_elements:
        raise TooLargeError(source, f"{elements:,} elements, and at most {limits.max_elements:,} are read of one page")
    allowed = min(limits.max_nesting, _PARSER_DEPTH)
    if depth > allowed:
        raise TooLargeError(source, f"its elements are nested more than {allowed:,} deep")
    _clean(root)
    return root


def _clean(root: _Element) -> None:
    """Puts a space in the place of characters that XML does not know."""
    for element in root.iter():
        if element.text and _NOT_XML.search(element.text):
            element.text = _NOT_XML.sub(" ", element.text)
        if element.tail and _NOT_XML.search(element.tail):
            element.tail = _NOT_XML.sub(" ", element.tail)
        for name, value in element.attrib.items():
            if _NOT_XML.search(value):
                element.set(name, _NOT_XML.sub(" ", value))


def _measure(root: _Element) -> tuple[int, int]:
    """How deep elements are nested, and how many there are."""
    deepest = depth = elements = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        deepest = max(deepest, depth)
    return deepest, elements


def _base(root: _Element, url: str | None) -> str | None:
    for element in root.iter("base"):
        if element.get("href"):
            stated = absolute(element.get("href"), url)
            if stated is not None:
                return stated
    return url


def _own_address(root: _Element) -> str | None:
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return element.get("href")
    return None


def _unfold(root: _Element) -> None:
    """Takes out templates that scripts would fill; those of a shadow tree are part of the page."""
    for element in list(root.iter("template")):
        if element.get("shadowrootmode") or element.get("shadowroot"):
            element.tag = "div"
        elif element.getparent() is not None:
            remove(element)
    for element in list(root.iter("noscript")):
        element.tag = "div"


def _drop_hidden(root: _Element) -> None:
    """Takes out passages that no reader is shown.

    Passages only: larger parts that are hidden are often what a script or a click opens, the article itself included.
    """
    for element in list(root.iter(*_PASSAGES)):
        hidden = element.get("hidden")
        if hidden is not None and hidden.strip().lower() != "until-found" and element.getparent() is not None:
            remove(element)


def _entry(comment: Found, byline: str | None) -> thread.Entry:
    return thread.Entry(
        author=comment.author,
        text=comment.text,
        answers=comment.parent,
        posted_at=comment.posted_at,
        url=comment.url,
        by_post_author=comment.by_post_author or _wrote(comment.author, byline),
    )


def _wrote(author: str | None, byline: str | None) -> bool:
    if not author or not byline:
        return False
    return author.casefold() in {name.strip().casefold() for name in byline.split(";")}


def _comment_links(found: tuple[Found, ...]) -> tuple[Link, ...]:
    return tuple(
        Link(index, link.start, link.end, link.target)
        for index, comment in enumerate(found)
        for link in comment.links
        if link.end > link.start
    )


def _outlet(site: str | None, address: str | None) -> Outlet | None:
    domain = registered_domain(address) if address else None
    name = site or domain
    return Outlet(outlet_id(domain=domain, name=name), name, domain) if name else None

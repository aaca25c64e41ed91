"""URLs as identities: one spelling for each page, and the domain its publisher registered."""

from __future__ import annotations

import re
from functools import cache
from ipaddress import IPv6Address
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

import idna

if TYPE_CHECKING:
    from tldextract import TLDExtract

DEFAULT_PORTS: Final = {"http": 80, "https": 443}

# Hosts of many publishers, each at a subdomain, that the list of suffixes does not know.
_SHARED_HOSTS: Final = ("wordpress.com", "substack.com", "tumblr.com", "livejournal.com")

_TRACKING_PREFIXES: Final = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "guce_", "_hs", "__hs", "at_")
_TRACKING: Final = frozenset(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid li_fat_id igshid igsh mc_cid mc_eid
    mkt_tok vero_id oly_anon_id oly_enc_id rb_clickid s_cid wickedid _openstat xtor wt_mc wt_zmc guccounter smid cmpid
    ns_campaign ns_mchannel ns_source ns_linkname ns_fee hsctatracking srsltid _ga _gl epik
    """.split()  # noqa: SIM905
)
_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile(r"[\x00-\x20\x7f]")


def canonical(url: str) -> str:
    """The one spelling of a page's address, that its document's id is made of.

    Scheme and host in lower case (other scripts as punycode), without fragment, default port and tracking parameters;
    escapes spelled one way, dot segments resolved. The order of the other parameters stays: it can matter.

    Raises:
        ValueError: not an absolute http or https URL, or one that carries a user name or password.
    """
    # As browsers do: white space around a URL and line breaks within it are no part of it.
    cleaned = re.sub(r"[\t\r\n]", "", url.strip())
    parts = urlsplit(cleaned)
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise ValueError(f"not an http or https URL: {url!r}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("a URL with a user name or password is no address of a page")
    if not parts.hostname:
        raise ValueError(f"a URL without a host: {url!r}")
    host = _host(parts.hostname)
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError(f"not a port number in {url!r}") from error
    authority = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _escaped(parts.path, safe="/:@!$&'()*+,;=-._~%") or "/"
    if "/." in path:
        path = urlsplit(urljoin(f"{scheme}://{authority}/", path)).path or "/"
    kept = [piece for piece in parts.query.split("&") if piece and not _is_tracking(piece)]
    query = _escaped("&".join(kept), safe="/?:@!$&'()*+,;=-._~%")
    return urlunsplit((scheme, authority, path, query, ""))


def registered_domain(url: str) -> str | None:
    """The domain that was registered for a URL's host (``bbc.co.uk``), or ``None`` for an address without one.

    Sites on a shared host count as domains of their own where the list of suffixes knows the host
    (``name.github.io``): they are different publishers. The list is the one that ships with tldextract; nothing
    is fetched.
    """
    try:
        host = urlsplit(url).hostname if "//" in url else url
    except ValueError:
        return None
    if not host:
        return None
    return _extractor()(host.rstrip(".").lower()).top_domain_under_public_suffix or None


@cache
def _extractor() -> TLDExtract:
    from tldextract import TLDExtract  # imports requests: too slow for who only wants canonical()

    return TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True, extra_suffixes=_SHARED_HOSTS
    )


def _host(host: str) -> str:
    if ":" in host:
        try:
            return f"[{IPv6Address(host).compressed}]"
        except ValueError as error:
            raise ValueError(f"not an IPv6 address: {host!r}") from error
    host = host.rstrip(".").lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise ValueError(f"not a host name: {host!r}") from error
    if not host or not re.fullmatch(r"[a-z0-9._-]+", host):
        raise ValueError(f"not a host name: {host!r}")
    return host


def _is_tracking(piece: str) -> bool:
    name = unquote_to_bytes(piece.split("=", 1)[0]).decode("utf-8", "replace").lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _escaped(text: str, *, safe: str) -> str:
    """Percent-escapes in capitals, none where none is needed, and one for whatever may not stand in a URL."""

    def one(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return chr(code) if code in _UNRESERVED else match[0].upper()

    # A lone "%" is no escape, so it needs one itself.
    spelled = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", _ESCAPE.sub(one, text))
    return quote(spelled, safe=safe, errors="replace")

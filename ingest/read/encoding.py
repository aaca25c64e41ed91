"""bytes -> text: which encoding a page is in, whatever it says about itself.

A byte-order mark is believed first. UTF-8 that decodes strictly is believed next, because text in another encoding
practically never does; then what the server states, then what the page states, then whichever reading of the bytes is
most like a language, among the usual encodings and those that charset-normalizer finds. Statements and guesses alike
must give a text that looks like one; a page for which nothing does is an error, not a page of wrong letters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.errors import BinarySourceError, EncodingError
from ingest.read.language import SURE, likeness

SAMPLE: Final = 65_536
"""Characters or bytes that a judgement is made on: encodings do not change in the middle of a page."""

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM\x00", "a bitmap image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x7fELF", "an executable"),
    (b"MZ\x90\x00", "an executable"),
    (b"\xca\xfe\xba\xbe", "an executable"),
    (b"\xcf\xfa\xed\xfe", "an executable"),
    (b"\x00asm", "a WebAssembly module"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"OggS", "an audio or video file"),
    (b"ID3", "an audio file"),
    (b"\xff\xfb", "an audio file"),
    (b"fLaC", "an audio file"),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"FLV\x01", "a video file"),
)
# Labels as pages use them, where Python knows the name by another meaning or not at all (WHATWG Encoding Standard).
_LABELS: Final = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso_8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "l1": "windows-1252",
    "x-cp1250": "windows-1250",
    "x-cp1251": "windows-1251",
    "x-cp1252": "windows-1252",
    "iso-8859-9": "windows-1254",
    "latin5": "windows-1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "unicode": "utf-16",
    "utf8mb4": "utf-8",
    "utf8mb3": "utf-8",
    "x-user-defined": "windows-1252",
}
# Names that Python decodes by, but no page is written in.
_NO_ENCODINGS: Final = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
_SEVEN_BIT: Final = ("iso2022", "iso-2022", "hz", "utf-7")
_USUAL: Final = (
    *(
        "cp1252",
        "cp1251",
        "cp1250",
        "cp932",
        "gb18030",
        "euc_jp",
        "cp949",
        "big5hkscs",
        "iso8859_2",
        "cp1253",
        "cp1254",
    ),
    *("cp1255", "cp1256", "koi8_r", "iso8859_5", "iso8859_7", "mac_roman"),
)
"""What pages without a statement are written in, the more frequent first."""
_MULTIBYTE: Final = frozenset(
    {"gb18030", "big5hkscs", "big5", "cp950", "cp932", "cp949", "euc_jp", "euc_kr", "johab", "shift_jisx0213"}
)

_META: Final = re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9._:+-]{1,40})", re.IGNORECASE)
_XML: Final = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._:+-]{1,40})[\"']")
_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKUP: Final = re.compile(
    rb"\s*(?><\?xml\b[^>]*>\s*|<!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|meta|title|script|style|link|article|main|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_SURROGATE_PAIR: Final = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE_BYTES: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def decode(body: bytes, *, source: str, charset: str | None = None, markup: bool = False) -> str:
    """The text of a page: all of it, line ends as they are, without a byte-order mark, without lone surrogates.

    Args:
        body: the page as it came.
        source: what the user named, for errors.
        charset: what the server states, if anything.
        markup: whether to look for an encoding that the page states in itself (``<meta charset>``, ``<?xml ...?>``).

    Raises:
        BinarySourceError: not text at all; says what it looks like.
        EncodingError: text, but in no encoding that could be found out.
    """
    for mark, name in _MARKS:
        if body.startswith(mark) and not (name == "utf-32-le" and len(body) % 4):
            return _marked(body[len(mark) :], name, source)
    _refuse_formats(body, source)
    wide = _wide(body, _known(charset))
    if wide is not None:
        text = _strict(body[: len(body) - len(body) % (4 if "32" in wide else 2)], wide)
        if text is not None and _looks_like_text(text):
            return without_surrogates(text)
    _refuse_binary(body, source)
    text = _narrow(body, _stated(body, charset, markup))
    if text is None:
        stated = f" (it is stated to be {charset[:40]!r})" if charset else ""
        raise EncodingError(
            source,
            f"its encoding could not be found out{stated}; save it as UTF-8, or state its charset in a meta element",
        )
    return without_surrogates(text)


def without_surrogates(text: str) -> str:
    """Each surrogate code point replaced by U+FFFD, one for one, so that the text can be stored and sent."""
    return _SURROGATE.sub("\ufffd", text)


def looks_like_markup(body: bytes) -> bool:
    """Whether a page begins as HTML does, in whatever encoding."""
    start = body[:2048]
    for mark, _ in _MARKS:
        start = start.removeprefix(mark)
    return _MARKUP.match(start.replace(b"\x00", b"")) is not None


def _marked(body: bytes, name: str, source: str) -> str:
    if name == "utf-8":
        text = _utf8(body, tolerant=True)
    else:
        width = 4 if "32" in name else 2
        # Half a character at the end is what a cut-off download leaves.
        text = _strict(body[: len(body) - len(body) % width], name)
        text = body.decode(name, "replace") if text is None else text
    if text is None or not _looks_like_text(text):
        raise BinarySourceError(source, f"it begins like {name.upper()} text, but what follows is none")
    return without_surrogates(text)


def _wide(body: bytes, stated: str | None) -> str | None:
    """UTF-16 or UTF-32 without a mark, by where its NUL bytes stand; or as stated."""
    sample = body[: SAMPLE // 16]
    if len(sample) >= 8:
        nul = [sample[place::4].count(0) / len(sample[place::4]) for place in range(4)]
        if nul[2] > 0.95 and nul[3] > 0.95 and nul[0] < 0.5:
            return "utf-32-le"
        if nul[0] > 0.95 and nul[1] > 0.95 and nul[3] < 0.5:
            return "utf-32-be"
    if len(sample) >= 4:
        even, odd = (sample[place::2].count(0) / len(sample[place::2]) for place in (0, 1))
        if odd > 0.3 and even < 0.05:
            return "utf-16-le"
        if even > 0.3 and odd < 0.05:
            return "utf-16-be"
        for high, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            # Of another alphabet the high bytes are mostly one, and 0 at blanks and full stops.
            page, times = Counter(sample[high::2]).most_common(1)[0]
            blanks = sample[high::2].count(0)
            if len(sample) >= 32 and 0 < page < 0x10 and blanks and (times + blanks) * 20 > 19 * len(sample[high::2]):
                return name
    if stated in ("utf-16", "utf-16-le", "utf-32", "utf-32-le"):
        return {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(stated, stated)
    return stated if stated in ("utf-16-be", "utf-32-be") else None


def _refuse_formats(body: bytes, source: str) -> None:
    for magic, what in _MAGIC:
        if body.startswith(magic):
            raise BinarySourceError(source, f"it looks like {what}, not a page of text or HTML")
    if body[:4] == b"RIFF" and body[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise BinarySourceError(source, "it looks like an image, audio or video file, not a page of text or HTML")
    if body[4:8] == b"ftyp":
        raise BinarySourceError(source, "it looks like a video or image file, not a page of text or HTML")


def _refuse_binary(body: bytes, source: str) -> None:
    nul = body.count(0)
    # A stray NUL happens on real pages; a file that holds many is no text.
    if nul * 1000 > len(body):
        raise BinarySourceError(source, "it holds NUL bytes, so it is not text")
    sample = body[:SAMPLE]
    control = len(sample) - len(sample.translate(None, delete=_CONTROL_BYTES))
    if control * 20 > len(sample):
        raise BinarySourceError(source, "it is full of control characters, so it is not text")


_CONTROL_BYTES: Final = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1b") + b"\x7f"


def _stated(body: bytes, charset: str | None, markup: bool) -> list[str]:
    """Encodings that are stated and known, the server's first."""
    labels = [charset] if charset else []
    if markup:
        head = _COMMENT.sub(b"", body[:4096])
        labels += [found[1].decode("ascii") for found in (_XML.match(head.lstrip()), _META.search(head)) if found]
    known: list[str] = []
    for label in labels:
        name = _known(label)
        # Whoever could read "charset=utf-16" as ASCII is not reading UTF-16.
        if name is not None and not name.startswith(("utf-16", "utf-32")) and name not in known:
            known.append(name)
    return known


def _known(label: str | None) -> str | None:
    """Python's name for an encoding as a page labels it, or ``None`` where it knows none."""
    if label is None:
        return None
    cleaned = label.strip().strip("\"'").lower()
    if not re.fullmatch(r"[a-z0-9._:+-]{1,40}", cleaned):
        return None
    cleaned = _LABELS.get(cleaned, cleaned)
    try:
        found = codecs.lookup(cleaned)
        b"".decode(cleaned)
    except (LookupError, ValueError):
        return None
    return None if found.name in _NO_ENCODINGS else found.name


def _narrow(body: bytes, stated: list[str]) -> str | None:
    """The text of a page that is in no wide encoding, or ``None`` where nothing gives one."""
    # Bytes of ASCII alone that mean something else: a statement tells, or the escape sequence that only one has.
    for name in [*stated, *(["iso2022_jp"] if b"\x1b$B" in body and b"\x1b(" in body else [])]:
        if name.startswith(_SEVEN_BIT) and (text := _strict(body, name)) is not None and _looks_like_text(text):
            return text
    text = _utf8(body, tolerant=False)
    if text is not None and not (stated and stated[0] in _MULTIBYTE and _foreign(text) < 10):
        return text if _looks_like_text(text) else None
    for name in stated:
        if name == "utf-8":
            text = _utf8(body, tolerant=True)
        else:
            text = _strict(body, name)
            if text is None and name in _MULTIBYTE:
                text = _mended(body, name)
        if text is not None and _looks_like_text(text) and _reads_like_words(text):
            return text
    text = _utf8(body, tolerant=True)
    if text is not None and _looks_like_text(text):
        return text
    return _guessed(body)


def _guessed(body: bytes) -> str | None:
    """The text of a page that states nothing usable: of all readings in words, the one that is most a language."""
    from charset_normalizer import from_bytes  # rarely needed, slow to import

    sample = body[:SAMPLE]
    if len(sample) < len(body):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    likely = _readings(sample, _USUAL)
    if max(likely.values(), default=0.0) < 0.95:
        found = [match.encoding for match in from_bytes(sample) if not match.encoding.startswith(("utf_", "utf-"))]
        likely |= _readings(sample, [name for name in found if name not in likely])
    best = max(likely.values(), default=0.0)
    if _is_japanese(sample) and "euc_jp" in likely:
        names = ["euc_jp"]
    elif best >= SURE:
        # Where little tells them apart, the one that comes first.
        names = [name for name in likely if 1 - likely[name] <= 1.3 * (1 - best)]
    else:
        names = [name for name in likely if name == "cp1252" and _is_western(body.decode(name, "replace"))]
    return next((text for text in (_strict(body, name) for name in names) if text is not None), None)


def _readings(sample: bytes, names: Iterable[str]) -> dict[str, float]:
    """How likely each encoding is, of those that give words; of those that give the same words, the first."""
    readings: dict[str, str] = {}
    for name in names:
        reading = _strict(sample, name)
        if reading is not None and _looks_like_text(reading) and _reads_like_words(reading):
            readings.setdefault(reading, name)
    return {name: _likely(reading) for reading, name in readings.items()}


def _likely(reading: str) -> float:
    """How much a reading is like a language whose words are whole; a few letters are like too many languages."""
    looks = _looks(reading)
    if looks.letters < 12:
        return 0.0
    return likeness(reading) - (looks.torn + looks.odd) / max(looks.foreign_letters, 1)


def _is_japanese(sample: bytes) -> bool:
    """Whether it is EUC-JP: its syllables are pairs of bytes that neither Chinese nor Korean has a use for."""
    foreign = sum(byte >= 0x80 for byte in sample)
    return len(re.findall(rb"[\xa4\xa5][\xa1-\xf6]", sample)) * 10 > foreign


def _is_western(text: str) -> bool:
    """Whether the letters beyond ASCII are few, as they are in languages of Western Europe."""
    looks = _looks(text)
    return looks.odd == 0 and (looks.foreign_letters * 3 <= looks.letters or looks.foreign_letters <= 2)


def _utf8(body: bytes, *, tolerant: bool) -> str | None:
    """UTF-8, with surrogates that were encoded one by one put together again.

    ``tolerant`` also takes text with a few broken bytes in it (each becomes U+FFFD), as a cut or a paste leaves them.
    """
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        if not tolerant:
            return None
        text = _SURROGATE_BYTES.sub("\ufffd".encode(), body).decode("utf-8", "replace")
        broken = text.count("\ufffd") - body.count("\ufffd".encode())
        return text if _foreign(text) - broken >= 4 * broken else None
    return _SURROGATE_PAIR.sub(lambda pair: pair[0].encode("utf-16-be", "surrogatepass").decode("utf-16-be"), text)


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name, "surrogatepass" if name.startswith(("utf-16", "utf-32")) else "strict")
    except (UnicodeDecodeError, UnicodeError, LookupError, ValueError):
        return None


def _mended(body: bytes, name: str) -> str | None:
    text = body.decode(name, "replace")
    broken = text.count("\ufffd")
    return text if _foreign(text) - broken >= 20 * broken else None


def _foreign(text: str) -> int:
    """How many characters are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


@dataclass(frozen=True, slots=True)
class _Looks:
    shown: int
    blanks: int
    odd: int
    letters: int
    foreign_letters: int
    torn: int


_WITHOUT_BLANKS: Final = re.compile(
    r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{3}"
)
_JAPANESE: Final = frozenset({"HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA", "LATIN", "FULLWIDTH", "IDEOGRAPHIC"})


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The first word of a letter's name, which is its script; a combining mark belongs to any."""
    return unicodedata.name(letter, "?").split(" ")[0]


_SIGNS: Final = frozenset({"Sm", "Sc", "So", "Sk", "No", "Po", "Pi", "Pf", "Ps"})


def _looks(text: str) -> _Looks:
    """What a text is made of: ``odd`` characters belong in no text, ``torn`` are signs and capitals in mid-word."""
    shown = odd = letters = foreign = torn = 0
    before = script = ""
    sample = text[:SAMPLE]
    for place, character in enumerate(sample):
        if character < "\x80":
            kind = (
                "L"
                if character.isalpha()
                else "C"
                if character < " " and character not in "\t\n\r\x0b\x0c\x1b"
                else "."
            )
            upper = kind == "L" and character < "a"
        else:
            full = unicodedata.category(character)
            kind = (
                "C" if full in ("Cc", "Cn", "Co", "Cs") or character == "\ufffd" else "L" if full[0] in "LM" else full
            )
            upper = full == "Lu"
        shown += not character.isspace()
        odd += kind == "C"
        if kind == "L":
            letters += 1
            foreign += character >= "\x80"
            torn += upper and character >= "\x80" and before == "l"
            written = "LATIN" if character < "\x80" else _script(character)
            torn += before in ("l", "u") and written != script and not {written, script} <= _JAPANESE
            script = written
        elif kind in _SIGNS and character not in "’‘·‧…“”°§¿¡":
            follows = sample[place + 1 : place + 2]
            torn += (
                follows.isalpha()
                and follows.islower()
                and (before in ("l", "u") or kind in ("No", "Sc", "Sk", "So", "Po"))
            )
            torn += before == "l" and not follows.isalpha() and kind in ("No", "Sk", "Sm") and character not in "²³"
        before = ("u" if upper else "l") if kind == "L" else kind
    return _Looks(shown, len(sample) - shown, odd, letters, foreign, torn)


def _looks_like_text(text: str) -> bool:
    """Whether hardly anything in it is a character that no text is written with."""
    looks = _looks(text)
    return looks.odd * 20 <= looks.shown or looks.odd <= 1 < looks.shown


def _reads_like_words(text: str) -> bool:
    """Whether its letters stand in words, as they do not where the encoding is the wrong one."""
    looks = _looks(text)
    # Only scripts of syllables and words do without blanks.
    if looks.letters > 60 and looks.blanks * 40 < looks.letters and not _WITHOUT_BLANKS.search(text[:SAMPLE]):
        return False
    return looks.letters * 2 >= looks.shown and looks.torn * 4 <= max(looks.foreign_letters, 4)

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BinarySourceError, EncodingError, IngestError
from ingest.read.encoding import decode, looks_like_markup, without_surrogates

ENGLISH = "The minister said “no deal” — and that’s it. They met in a café.\n"
FRENCH = "Le président a déclaré que la « réforme » était nécessaire. Où est-elle ? À l'Assemblée, bien sûr.\n" * 3
CZECH = "Předseda vlády řekl, že to není pravda. Příští týden začne jednání o státním rozpočtu.\n" * 5
POLISH = "Premier powiedział, że to nieprawda i że śledztwo się toczy. Większość posłów była przeciw.\n" * 5
RUSSIAN = "Президент заявил, что переговоры будут продолжены. Об этом сообщает агентство.\n" * 3
GREEK = "Ο πρωθυπουργός δήλωσε ότι οι διαπραγματεύσεις θα συνεχιστούν.\n" * 4
HEBREW = "ראש הממשלה אמר שהמשא ומתן יימשך. לא נכון.\n" * 4
JAPANESE = "首相は記者会見で、交渉を続けると述べた。これは事実ではない。\n" * 5
CHINESE = "总统表示谈判将继续进行，据新华社报道。这不是事实。\n" * 5

KNOWN = [
    (ENGLISH, "windows-1252"),
    (FRENCH, "windows-1252"),
    (FRENCH, "iso-8859-1"),
    (CZECH, "windows-1250"),
    (CZECH, "iso-8859-2"),
    (POLISH, "windows-1250"),
    (POLISH, "iso-8859-2"),
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (GREEK, "windows-1253"),
    (HEBREW, "windows-1255"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc-jp"),
    (JAPANESE, "iso-2022-jp"),
    (CHINESE, "gb18030"),
    *[
        (text, form)
        for text in (ENGLISH, RUSSIAN)
        for form in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    ],
]


@pytest.mark.parametrize(("text", "encoding"), KNOWN)
@pytest.mark.parametrize("stated", ["nothing", "the truth", "utf-8", "klingon"])
def test_a_page_is_read_whatever_is_stated(text, encoding, stated):
    charset = {"nothing": None, "the truth": encoding}.get(stated, stated)
    assert decode(text.encode(encoding), source="x", charset=charset) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_marks_are_believed_and_removed(encoding):
    mark = {"utf-8": codecs.BOM_UTF8}.get(encoding) or getattr(
        codecs, f"BOM_{encoding.upper().replace('-', '_', 1).replace('-', '_').replace('UTF_', 'UTF')}"
    )
    assert decode(mark + ENGLISH.encode(encoding), source="x", charset="windows-1251") == ENGLISH


@pytest.mark.parametrize(
    "head",
    [
        b'<html><head><meta charset="windows-1251">',
        b"<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>",
        b'<?xml version="1.0" encoding="windows-1251"?><html>',
        b"<!-- <meta charset=koi8-r> --><meta charset=cp1251>",
    ],
)
def test_what_a_page_states_in_itself(head):
    assert decode(head + "Да.".encode("cp1251"), source="x", markup=True).endswith("Да.")


def test_the_server_comes_before_the_page():
    page = b"<meta charset=windows-1252>" + "Да, это так.".encode("cp1251")
    assert decode(page, source="x", charset="windows-1251", markup=True).endswith("Да, это так.")


def test_iso_8859_1_means_windows_1252_as_browsers_read_it():
    assert decode(b"\x93quoted\x94 \x80 5", source="x", charset="ISO-8859-1") == "“quoted” € 5"


def test_utf8_with_a_few_broken_bytes():
    body = (FRENCH * 3).encode() + b"\xff and " + "é".encode()[:1]
    assert decode(body, source="x", charset="utf-8") == FRENCH * 3 + "\ufffd and \ufffd"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"a\xed\xa0\x80b", "a\ufffdb"),
        (b"a\xed\xa0\xbd\xed\xb8\x80b", "a😀b"),
        (b"\xff\xfe" + "a\ud800b".encode("utf-16-le", "surrogatepass"), "a\ufffdb"),
        (b"\xff\xfe" + "a😀b".encode("utf-16-le"), "a😀b"),
    ],
)
def test_surrogates(body, text):
    assert decode(body, source="x") == text


@given(st.text(st.characters(exclude_categories=[]), max_size=50))
def test_surrogates_are_replaced_one_for_one(text):
    clean = without_surrogates(text)
    assert len(clean) == len(text)
    assert clean.encode().decode() == clean
    assert all(ours == theirs or ours == "\ufffd" for ours, theirs in zip(clean, text, strict=True))


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"{\\rtf1 hello}", "rich text"),
        (b"a\0b", "NUL"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (b"\xff\xfe" + bytes(range(0xD8, 0xE0)) * 40, "UTF-16"),
    ],
)
def test_what_is_not_text_is_named(body, what):
    with pytest.raises(BinarySourceError, match=what):
        decode(body, source="x")


@pytest.mark.parametrize(
    "body", [bytes(range(128, 256)) * 10, bytes((place * 37 + 129) % 128 + 128 for place in range(999))]
)
def test_an_encoding_that_nobody_knows(body):
    with pytest.raises(EncodingError, match="encoding"):
        decode(body, source="x", charset="x-klingon")


@pytest.mark.parametrize("charset", ["hex", "rot13", "idna", "unicode_escape", "../../etc/passwd", "\0", "", "x" * 500])
def test_names_that_are_no_encodings(charset):
    assert decode("café".encode(), source="x", charset=charset) == "café"


@given(
    st.binary(max_size=400),
    st.one_of(
        st.none(),
        st.sampled_from(["utf-8", "utf-16", "utf-7", "gbk", "hz", "iso-2022-kr", "big5"]),
        st.text(max_size=8),
    ),
    st.booleans(),
)
def test_any_bytes_give_text_or_an_error(body, charset, markup):
    try:
        text = decode(body, source="x", charset=charset, markup=markup)
    except IngestError:
        return
    text.encode()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=200))
def test_utf8_comes_back_verbatim(text):
    body = text.encode()
    if not text.startswith("\ufeff") and b"\x1b$B" not in body:
        try:
            assert decode(body, source="x") == text
        except BinarySourceError:
            assert body[:1] in b"%BGIMPRO{Iw7"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<!DOCTYPE html><p>", True),
        (b"\xef\xbb\xbf  <html>", True),
        ("<html><p>".encode("utf-16"), True),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<html>", True),
        (b"Words about <html> tags", False),
        (b"<Name> says: hello", False),
    ],
)
def test_markup_is_told_by_its_beginning(body, expected):
    assert looks_like_markup(body) is expected

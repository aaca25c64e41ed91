"""Plain text: verbatim bodies, their layout and links; and the one real page, where it is at hand."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Document, Fetched, document_id
from ingest.read import read

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEED = Path(__file__).parents[3] / "../shared/data/seed"


def document(text: str | bytes, url: str | None = None) -> Document:
    body = text if isinstance(text, bytes) else text.encode()
    return read(Fetched("x", body, url, "text/plain", None, NOW))


def blocks(made: Document) -> list[tuple[str, str, str | None]]:
    return [
        (
            block.kind,
            made.text[block.start : block.end],
            None if block.lead_in is None else made.text[block.lead_in.start : block.lead_in.end],
        )
        for block in made.blocks
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_body_is_the_file_verbatim(ending):
    page = "Title Here\n\n  Words  with  spaces.\t\n\nMore.\n\n".replace("\n", ending)
    made = document(b"\xef\xbb\xbf" + page.encode())
    assert (made.text, made.tail, made.comments) == (page, "", ())
    page += "1 comment\n\n  1. Bob\n\n     Text.\n     More.\n\nLeave a Reply\n".replace("\n", ending)
    made = document(page)
    assert made.text == page[: page.index("1 comment")]
    assert made.comments[0].text == "Text.\nMore."
    assert made.tail == "Leave a Reply"


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\n"), min_size=1, max_size=200
    )
)
def test_text_without_a_thread_is_kept_to_the_letter(text):
    if text.strip() and text[0] not in "\ufeff<%BGIMPRO{w7":
        made = document(text)
        assert made.text == text or made.comments
        assert all(text[block.start : block.end] == text[block.start : block.end].strip(" \n") for block in made.blocks)


def test_ids_are_of_the_address_or_else_of_the_content():
    assert document("Words.").id == document_id(url=None, sha256=hashlib.sha256(b"Words.").hexdigest())
    assert document("Words.", "https://e.org/a#b").id == document_id(url="https://e.org/a", sha256="")
    assert document("Words.", "https://e.org/a").version != document("Other.", "https://e.org/a").version


def test_layout():
    made = document(
        "A Headline of the Day\n\nBy Ann Lee\nOctober 17, 2025 at 10:02 am\n\n"
        "The first paragraph, which was\nwrapped over two lines.\n\nFrom the BBC:\n\n"
        "The president will go, he said.\n\n"
        "But we need to step back.\n\n> Quoted words\n> on two lines.\n\n- one thing\n- another\n  thing\n\n"
        "# A Part #\n\nAnother\n-------\n\nPhoto: Ann Lee\n\n____\n\nThe end is near.\n"
    )
    assert blocks(made) == [
        ("heading", "A Headline of the Day", None),
        ("paragraph", "By Ann Lee\nOctober 17, 2025 at 10:02 am", None),
        ("paragraph", "The first paragraph, which was\nwrapped over two lines.", None),
        ("paragraph", "From the BBC:", None),
        ("quote", "The president will go, he said.", "From the BBC:"),
        ("paragraph", "But we need to step back.", None),
        ("quote", "Quoted words\n> on two lines.", None),
        ("item", "one thing", None),
        ("item", "another\n  thing", None),
        ("heading", "A Part", None),
        ("heading", "Another", None),
        ("caption", "Photo: Ann Lee", None),
        ("paragraph", "The end is near.", None),
    ]
    assert (made.title, made.author) == ("A Headline of the Day", "Ann Lee")
    assert made.published_at == datetime(2025, 10, 17, 10, 2)


def test_a_lead_in_is_the_last_sentence():
    made = document("Title\n\nHe is in Washington today. From the same account:\n\nHe said no.\n")
    assert blocks(made)[-1] == ("quote", "He said no.", "From the same account:")


@pytest.mark.parametrize(
    "own", ["So Trump admits it.", "And the mere timing is telling.", "I do not believe it.", "Now this:"]
)
def test_the_writer_going_on_is_no_quotation(own):
    assert blocks(document(f"Title\n\nFirst from Trump:\n\n{own}\n"))[-1][0] == "paragraph"


def test_turns_of_a_transcript():
    made = document(
        "Interview\n\nDMITRY PESKOV: Good day.\n\nQuestion: What now?\n\nDMITRY PESKOV: We shall see, colleagues.\n\n"
        "That is all that can be said about it.\n\nThank you.\n"
    )
    assert blocks(made)[1:] == [
        ("turn", "DMITRY PESKOV: Good day.", "DMITRY PESKOV:"),
        ("turn", "Question: What now?", "Question:"),
        (
            "turn",
            "DMITRY PESKOV: We shall see, colleagues.\n\nThat is all that can be said about it.\n\nThank you.",
            "DMITRY PESKOV:",
        ),
    ]


@pytest.mark.parametrize(
    "page", ["Title\n\nNote: it rains.\n\nUpdate: it stopped.\n\nNote: no.", "Title\n\nPeskov: we wait.\n"]
)
def test_a_word_and_a_colon_are_no_turn(page):
    assert {block.kind for block in document(page).blocks[1:]} == {"paragraph"}


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("A Headline\n\nText.", "A Headline"),
        ("Leaders Agree on Peace and Trade.\n\nText.", "Leaders Agree on Peace and Trade."),
        ("The leaders met and then agreed on little.\n\nText.", None),
        ("- item\n- item", None),
        ("# Title #\n\nText.", "Title"),
        ("Title\n=====\n\nText.", "Title"),
        ("From the BBC:\n\nText.", None),
    ],
)
def test_titles(page, title):
    assert document(page).title == title


def test_links():
    made = document(
        "Title\n\nSee http://a.org/b_(c), (https://d.org/e?f=1#g). Or [these words](https://h.org/i) and <http://j.org/>.\n\n"
        "1 comment\n\n  1. Bob\n\n     No: https://k.org/l.\n"
    )
    assert [(link.container, made.text_of(link.container)[link.start : link.end], link.url) for link in made.links] == [
        ("body", "these words", "https://h.org/i"),
        ("body", "http://a.org/b_(c)", "http://a.org/b_(c)"),
        ("body", "https://d.org/e?f=1#g", "https://d.org/e?f=1#g"),
        ("body", "http://j.org/", "http://j.org/"),
        (0, "https://k.org/l", "https://k.org/l"),
    ]


def test_language():
    assert document("Der Minister sagte, die Gespräche würden fortgesetzt. Das ist nicht wahr.").language == "de"
    assert document("Hm.").language is None


# The page in the data folder: author, parent, whether the post's author, first digits of the text's SHA-256.
# Read off the page by its numbers and its indentation. Twelve of the 83 comments it counts are not shown; answers to
# two of them are (38 and 70: the numbers begin anew there), and have for a parent what is shown above them.
SEED_THREAD = """
The Rev Kev|||405be09e2d1f
Adam1|0||3977785670ba
Yves Smith|0|post|43abcc3d9017
The Rev Kev|2||5958d9a03575
Yves Smith|3|post|672af6fd56d6
jrkrideau|2||8134afe9e0b5
bertl|0||e37d3addac96
William Beyer|||1db405803179
lyman alpha blob|7||8a8bf4b73ee3
scott s.|8||973e73165ba3
cfraenkel|9||3a18305d11b6
Safety First|||7e5f46e56dd7
Yves Smith|11|post|759febc10d27
Paul Damascene|12||4f1804f05037
Yves Smith|13|post|3a6020b4ff61
Polar Socialist|14||20c4f90f582a
JohnnyGL|14||bf53cc2c4487
Adam1|11||9b1646875178
GM|11||f5a6bb06a5ac
ilsm|11||c96d35b00442
Aurelien|||0fbd330d7318
WJ|20||81ca11c4f3cf
Aurelien|21||9cc4a531c7f2
scott s.|22||759c6b2295e5
bertl|22||9c0e1e7b3ece
Ksum Nole|22||a9e5b8aecfdc
bertl|25||d29516e3999d
Yves Smith|25|post|966667cf4d3b
Ksum Nole|27||24f37d73bff6
Yves Smith|28|post|da43c6fff50c
Ksum Nole|29||db0dea565449
Yves Smith|30|post|a9b6d1ab7c9b
Ksum Nole|31||4d2680ebce1d
Michael Fiorillo|29||43a7a390d769
Yves Smith|33|post|4a46c19e2eca
Michael Fiorillo|34||52f787ed6c68
Chima from Sharp Focus on Africa|22||04b22757d85e
principle|36||6f7a836e8457
Polar Socialist|21||a9f34fa87437
Ignacio|20||9d5716e5346e
GM|20||987b57402a7b
Yves Smith|40|post|d36a98f9c60f
Donaldo|41||ae6efd2c87f3
Yves Smith|42|post|2b58f344881d
EMC|||b0ebc2a13dc6
XXYY|44||1260ce0b3952
mrsyk|||f06353afd2ec
MicaT|||8df894d3cf20
juno mas|47||bb26b325cca0
JMH|||b7075e9b825e
Michael Fiorillo|||4f0afff8ab6b
ISL|50||570384da62d0
Polar Socialist|51||760ec77a8e6b
begob|52||77e598d3ddcf
ISL|||af64923508b3
XXYY|||f63048ff378c
Yves Smith|55|post|ec0345d5c491
Aurelien|55||6c54e82e53fb
Polar Socialist|57||3d06be66d7e8
Aurelien|58||5f40edce161c
Polar Socialist|59||89ba1178fa79
Donaldo|60||8a693c6800f2
Donaldo|59||0f6c0db5c4e8
scott s.|55||f28d1bfa6b81
Glen|63||e1f824c961bb
JW|||683bfbfb91ea
Domenico Cortese|||376bbd319779
Anthony Martin|||73b26a094502
Smurf|67||3df1e8723900
Ben Panga|68||a8f493800a22
principle|67||1222a9cabdbc
"""


@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/data is not here")
def test_every_comment_of_the_sample_page():
    (path,) = SEED.glob("*.txt")
    made = document(path.read_bytes())
    expected = []
    for row in SEED_THREAD.strip().splitlines():
        author, parent, mark, sha256 = row.split("|")
        expected.append((author, int(parent) if parent else None, mark == "post", sha256))
    assert [
        (one.author, one.parent, one.by_post_author, hashlib.sha256(one.text.encode()).hexdigest()[:12])
        for one in made.comments
    ] == expected
    whole = path.read_text(encoding="utf-8")
    assert made.text == whole[: whole.index("83 comments")]
    assert made.tail == whole[whole.index("Leave a Reply") :].rstrip("\n")
    safety = made.comments[11]
    assert safety.text.startswith("1. ")
    assert "\n\n8. " in safety.text
    assert not any(line.strip() == "Reply" for one in made.comments for line in one.text.splitlines())


@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize("change", ["no reply lines", "crlf", "tabs", "no heading"])
def test_the_sample_page_in_other_shapes(change):
    (path,) = SEED.glob("*.txt")
    whole = path.read_text(encoding="utf-8")
    lines = whole.split("\n")
    page = {
        "no reply lines": "\n".join(line for line in lines if line.strip() != "Reply"),
        "crlf": whole.replace("\n", "\r\n"),
        "tabs": "\n".join("\t" * ((len(line) - len(line.lstrip(" "))) // 2) + line.lstrip(" ") for line in lines),
        "no heading": whole.replace("83 comments\n", ""),
    }[change]
    there, here = document(whole), document(page)
    assert [(one.author, one.parent, one.text) for one in here.comments] == [
        (one.author, one.parent, one.text) for one in there.comments
    ]


@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/data is not here")
def test_quotations_and_the_transcript_of_the_sample_page():
    (path,) = SEED.glob("*.txt")
    made = document(path.read_bytes())
    leads = [lead for kind, _, lead in blocks(made) if kind == "quote"]
    assert leads[:2] == ["From the BBC:", "From the same account:"]
    assert sum(lead is not None and lead.startswith("From TASS") for lead in leads) == 3
    (turn,) = [(words, lead) for kind, words, lead in blocks(made) if kind == "turn"]
    assert turn[1].endswith("Yury Ushakov:")
    assert turn[0].endswith("Thank you for the attention.")

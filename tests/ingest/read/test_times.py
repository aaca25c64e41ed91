import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.times import parse_time, time_line


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("October 17, 2025 at 10:02 am", "en", "2025-10-17T10:02:00"),
        ("October 17th, 2025, 10:02 pm", None, "2025-10-17T22:02:00"),
        ("Oct 17, 2025 @ 10:02 am", None, "2025-10-17T10:02:00"),
        ("10:02 am on October 17, 2025", None, "2025-10-17T10:02:00"),
        ("17. Oktober 2025 um 10:02 Uhr", "de", "2025-10-17T10:02:00"),
        ("17 octobre 2025 à 10h02", "fr", "2025-10-17T10:02:00"),
        ("17 de octubre de 2025 a las 10:02", "es", "2025-10-17T10:02:00"),
        ("17 октября 2025 в 10:02", "ru", "2025-10-17T10:02:00"),
        ("17.10.2025 um 10:02", "de", "2025-10-17T10:02:00"),
        ("2025-10-17T10:02:00Z", None, "2025-10-17T10:02:00+00:00"),
        ("Fri, 17 Oct 2025 10:02 GMT", None, "2025-10-17T10:02:00+00:00"),
        ("2 January 2026", None, "2026-01-02T00:00:00"),
        ("13/04/2025 10:02", None, "2025-04-13T10:02:00"),
        ("04/13/2025 10:02", None, "2025-04-13T10:02:00"),
        ("03/04/2025", None, None),
        ("3 hours ago", None, None),
        ("the year 2024", None, None),
        ("99 zzz 2024", None, None),
        ("", None, None),
    ],
)
def test_times_as_people_write_them(text, language, expected):
    found = parse_time(text, language)
    assert (found and found.isoformat()) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Posted on October 17, 2025 at 10:02 am", "October 17, 2025 at 10:02 am"),
        ("3 hours ago", "3 hours ago"),
        ("· 2025-10-17 10:02 ·", "2025-10-17 10:02"),
        ("On October 17, 2025 the call took place.", None),
        ("In 2025", None),
    ],
)
def test_lines_that_are_a_time(words, expected):
    assert time_line(words) == expected


@given(st.text(max_size=60), st.sampled_from([None, "en", "de", "xx", "la"]))
def test_any_text_is_a_time_or_none(text, language):
    parse_time(text, language)
    parse_time(f"{text} 2024", language)
    time_line(text)

import pytest

from ingest.read.language import language_of


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("The minister said that the talks would go on next week.", None, "en"),
        ("Le président a dit non à cette proposition hier soir.", None, "fr"),
        ("Hi", None, None),
        ("12345 !!", None, None),
        ("", None, None),
        ("Hi", "en-GB", "en"),
        ("Hi", "PT_br", "pt"),
        ("The minister said that the talks would go on next week.", "und", "en"),
        ("The minister said that the talks would go on next week.", "not a tag!", "en"),
    ],
)
def test_language(text, stated, expected):
    assert language_of(text, stated) == expected

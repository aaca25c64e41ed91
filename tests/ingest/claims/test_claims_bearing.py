from __future__ import annotations

import pytest

from ingest.claims.bearing import bears_claim, is_courtesy


@pytest.mark.parametrize(
    ("words", "courtesy"),
    [
        ("Thanks, everybody. Thank you.", True),
        ("“Good morning!”", True),
        ("Sorry", True),
        ("Thank you for showing that the vote was rigged in four towns.", False),
        ("Thank you. The dam is safe.", False),
        ("", False),
    ],
)
def test_greetings_and_thanks_alone_are_courtesy(words: str, courtesy: bool) -> None:
    assert is_courtesy(words) is courtesy
    assert not (courtesy and bears_claim(words))

"""The language model that comes with the package, for the tests that need its weights."""

from __future__ import annotations

from functools import cache

import pytest

from ingest.annotate.language_model import ModelAnnotator
from ingest.annotate.runtime import FOLDER, META

needs_model = pytest.mark.skipif(
    not (FOLDER / META).exists(), reason=f"{META} is absent: the language model was not made or fetched"
)
"""Where the description is there, all of the model must be."""


@cache
def annotator() -> ModelAnnotator:
    """Loaded once for all tests."""
    return ModelAnnotator()

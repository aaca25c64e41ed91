"""From a text to what it says: sentences, names and attributions.

An annotator is anything with a name and an ``annotate`` method. Importing this package imports no annotator:
``load`` does, because spaCy alone takes longer to import than all the rest of a command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ingest.errors import ModelError
from ingest.model import Annotations

NAMES = ("model", "rules")
"""The language model, and rules that need no model."""
OTHER = "spacy:"
"""What the name of an annotator begins with that takes another spaCy pipeline."""
DEFAULT = "model"


class Annotator(Protocol):
    """What reads attributions out of texts."""

    @property
    def name(self) -> str:
        """What it is called in settings and messages, such as ``rules``."""

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        """The annotations of each text, in the order of the texts.

        Any string is a text, whatever its length and its characters; offsets are code points into it.
        """


def load(name: str = DEFAULT, *, threads: int = 1) -> Annotator:
    """The annotator called ``name``: ``model``, ``rules``, or ``spacy:`` and a spaCy pipeline for the parts it has.

    ``threads`` is how many processor cores the model reads a text on.

    Raises:
        ModelError: there is none of that name, or it could not be loaded.
    """
    if name == "model":
        from ingest.annotate.language_model import ModelAnnotator

        return ModelAnnotator(threads=threads)
    if name == "rules":
        from ingest.annotate.pipeline import RuleAnnotator

        return RuleAnnotator()
    if name.startswith(OTHER) and name != OTHER:
        from ingest.annotate.spacy_pipeline import SpacyAnnotator

        return SpacyAnnotator(name.removeprefix(OTHER), load(threads=threads))
    raise ModelError(f"no annotator is called {name!r}; there are: {', '.join(NAMES)}, and {OTHER}PIPELINE")

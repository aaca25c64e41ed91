"""What the rules for attributions look at: a text's words, with the sentences, quotations and names among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.annotate import lexicon
from ingest.annotate.names import Named
from ingest.annotate.words import Words

Range = tuple[int, int]
"""A range of words, the end not included."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as a range of words, marks included; ``continues`` as in ``quotations.Quotation``."""

    start: int
    end: int
    continues: bool


class View:
    """The words of a text, and for each of them what it is part of.

    ``paragraph_ends[i]`` is the word after the paragraph of sentence ``i``; ``quotation_at[i]`` the quotation that
    word ``i`` stands in, or -1; ``sentence_of[i]`` its sentence; ``name_from`` and ``name_ending`` find a name by the
    word it begins with and by the word after it.
    """

    def __init__(
        self,
        words: Words,
        sentences: Sequence[Range],
        paragraph_ends: Sequence[int],
        quotations: Sequence[Quoted],
        names: Sequence[Named],
    ) -> None:
        self.words = words
        self.text = words.text
        self.lower = words.lower
        self.sentences = sentences
        self.paragraph_ends = paragraph_ends
        self.quotations = quotations
        self.quotation_at = [-1] * len(words)
        for number, quoted in enumerate(quotations):
            self.quotation_at[quoted.start : quoted.end] = [number] * (quoted.end - quoted.start)
        self.sentence_of = [0] * len(words)
        for number, (start, end) in enumerate(sentences):
            self.sentence_of[start:end] = [number] * (end - start)
        self.name_from = {name.start: name for name in names}
        self.name_ending = {name.end: name for name in names}
        self.verbs = lexicon.verbs()
        self.determiners = lexicon.words("determiners")
        self.pronouns = lexicon.words("pronouns")
        self.auxiliaries = lexicon.words("auxiliaries")
        self.negations = lexicon.words("negations")
        self.adverbs = lexicon.words("adverbs")
        self.prepositions = lexicon.words("prepositions")
        self.conjunctions = lexicon.words("conjunctions")
        self.leading = lexicon.words("leading")
        self.clause_starts = lexicon.words("clause_starts")
        self.adjuncts = lexicon.words("topic_prepositions") | lexicon.words("ends_of_adjuncts")
        self.ambiguous = lexicon.words("ambiguous")
        self.agents = lexicon.words("agents")

    def reports(self, at: int) -> bool:
        """Whether the word at ``at`` is a form of a reporting verb that is hardly ever anything else."""
        return self.quotation_at[at] == -1 and self.lower[at] in self.verbs and self.lower[at] not in self.ambiguous

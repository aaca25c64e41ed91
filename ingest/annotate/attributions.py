"""Attributions: who is said to have said what, by reporting verbs, quotation marks and "according to".

Each attribution's ``method`` tells the pattern that it was found by, each pattern has one fixed confidence:

============================ ===== =================================================================
rule:quotation+verb           0.8  words in quotation marks next to a verb and its subject
rule:that-clause              0.75 a verb, then "that", "whether" or a question word
rule:according-to             0.75 "according to" and whom
rule:clause                   0.65 a verb, then a clause without "that"
rule:clause-before-verb       0.65 a clause, a comma, then subject and verb
rule:object                   0.5  a verb of denial or judgement and what it is about
============================ ===== =================================================================

An attribution whose source was carried over from the cue before it ("..., adding that ...") has 0.1 less; so has one whose
text names no agent ("it was reported that").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.annotate import lexicon
from ingest.annotate.lexicon import Verb
from ingest.annotate.names import Named
from ingest.annotate.words import Words
from ingest.model import Attribution, Certainty, Directness, Polarity, Span, Spans

CONFIDENCE = {
    "rule:quotation+verb": 0.8,
    "rule:that-clause": 0.75,
    "rule:according-to": 0.75,
    "rule:clause": 0.65,
    "rule:clause-before-verb": 0.65,
    "rule:object": 0.5,
}
_LESS = 0.1
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "am"))
_MODALS = frozenset(
    ("would", "could", "may", "might", "must", "should", "will", "can", "ca", "wo", "'d", "’d", "'ll", "’ll")
)
_QUESTION_WORDS = frozenset(("that", "whether", "what", "how", "why", "who", "where", "if"))
_FINAL = frozenset((".", "!", "?", "…", "...", ";", ":"))
_STATEMENTS = frozenset(("clause", "that", "quotation", "addressee", "question"))
_LONGEST_PHRASE = 16
_LONGEST_ADJUNCT = 14

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as a range of words, marks included."""

    start: int
    end: int
    continues: bool


@dataclass(frozen=True, slots=True)
class _Found:
    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    method: str
    polarity: Polarity = "affirmed"
    hedged: bool = False
    carried: bool = False


def find_attributions(
    words: Words,
    sentences: Sequence[Range],
    paragraph_ends: Sequence[int],
    quotations: Sequence[Quoted],
    names: Sequence[Named],
) -> list[Attribution]:
    """The attributions of a text.

    All ranges are of words. ``paragraph_ends[i]`` is the word after the paragraph of sentence ``i``.
    """
    reader = _Reader(words, sentences, paragraph_ends, quotations, names)
    return [reader.as_attribution(found) for found in reader.read()]


class _Reader:
    def __init__(
        self,
        words: Words,
        sentences: Sequence[Range],
        paragraph_ends: Sequence[int],
        quotations: Sequence[Quoted],
        names: Sequence[Named],
    ) -> None:
        self.text = words.text
        self.lower = words.lower
        self.words = words
        self.sentences = sentences
        self.paragraph_ends = paragraph_ends
        self.quotations = quotations
        self.quotation_at = [-1] * len(words)
        for number, quoted in enumerate(quotations):
            for at in range(quoted.start, quoted.end):
                self.quotation_at[at] = number
        self.name_ending = {name.end: name for name in names}
        self.name_from = {name.start: name for name in names}
        self.sentence_of = [0] * len(words)
        for number, (start, end) in enumerate(sentences):
            for at in range(start, end):
                self.sentence_of[at] = number
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

    def read(self) -> Iterator[_Found]:
        for number, (start, end) in enumerate(self.sentences):
            previous: _Found | None = None
            used = start
            for at in range(start, end):
                if self.quotation_at[at] != -1:
                    continue
                found = None
                if self.lower[at] == "according" and at + 2 < end and self.lower[at + 1] == "to":
                    found = self.according_to(at, start, end)
                elif self.lower[at] in self.verbs:
                    found = self.by_verb(at, start, end, number, previous, used)
                if found is not None:
                    previous = found
                    used = max(used, found.cue[1])
                    yield found

    # --- what a cue belongs to -------------------------------------------------------------------------------

    def by_verb(self, at: int, start: int, end: int, number: int, previous: _Found | None, used: int) -> _Found | None:
        verb = self.verbs[self.lower[at]]
        if self.text[at][0].isupper() or not verb.frames:
            return None
        group = at
        while group > start and self.quotation_at[group - 1] == -1 and self._helps(self.lower[group - 1]):
            group -= 1
        helpers = self.lower[group:at]
        if self.negations.intersection(helpers) or _MODALS.intersection(helpers):
            return None
        after = at + 1
        if after < end and self.lower[after] == "out" and verb.lemma == "point":
            after += 1
        elif verb.lemma == "point":
            return None
        be = bool(_BE.intersection(helpers))
        if be and not verb.participle:
            return self.impersonal(group, at, after, start, end, verb)
        if verb.participle and not be:
            return self.participle(at, after, start, end, verb, previous)
        infinitive = group > start and self.lower[group - 1] == "to"
        if infinitive:
            if not (verb.lemma == "say" and group - 3 >= start and self.lower[group - 3 : group - 1] == ["went", "on"]):
                return None
            group -= 3
        if self._is_noun(group, at, end, verb):
            return None
        if verb.frames & _STATEMENTS:
            inverted = self.inverted(group, after, start, end, verb, number)
            if inverted is not None:
                return inverted
        subject = self.subject(group, start)
        carried = False
        if (
            subject is None
            and previous is not None
            and previous.source
            and self.lower[group - 1] in {"and", "but", ","}
            and group - 1 >= used
        ):
            subject, carried = previous.source, True
        if subject is None:
            return None
        if not carried and verb.base and not verb.past and not helpers and self._is_singular(subject):
            return None
        return self.content_for(subject, group, after, start, end, verb, number, carried)

    def _helps(self, word: str) -> bool:
        return (
            word in self.auxiliaries
            or word in self.adverbs
            or word in self.negations
            or (len(word) > 4 and word.endswith("ly") and word not in {"family", "only", "july", "italy"})
        )

    def _is_noun(self, group: int, at: int, end: int, verb: Verb) -> bool:
        if self.lower[at] not in self.ambiguous:
            return False
        before = self.lower[at - 1] if at > 0 else ""
        if group == at and (
            before in self.determiners or before in self.prepositions or before in {"'s", "’s", "'", "’"}
        ):
            return True
        following = self.lower[at + 1] if at + 1 < end else "."
        if following in self.auxiliaries or following in {"of", "from", "and", "or"}:
            return True
        other = self.verbs.get(following)
        return other is not None and other.past

    def _is_singular(self, subject: Range) -> bool:
        head = self.lower[subject[1] - 1]
        return head in {"he", "she", "it"} or (
            subject
            in (
                (name.start, name.end)
                for name in [self.name_ending.get(subject[1])]
                if name is not None and name.kind == "person"
            )
        )

    def subject(self, group: int, start: int) -> Range | None:
        """The noun phrase that ends where the verb's group begins."""
        last = group - 1
        if last < start or self.quotation_at[last] != -1:
            return None
        if self.text[last] == ",":
            return self.subject_before_aside(last, start)
        if self.lower[last] in self.pronouns:
            if (
                self.lower[last] in {"many", "some", "most", "both", "one", "others"}
                or last == start
                or self.lower[last - 1] not in self.prepositions
            ):
                return last, group
            return None
        return self.phrase_before(group, start)

    def subject_before_aside(self, comma: int, start: int) -> Range | None:
        """The subject in "Peskov, the spokesman, said": with what explains it, but without a relative clause."""
        limit = max(start, comma - 40)
        opening = next(
            (at for at in range(comma - 1, limit, -1) if self.text[at] == "," and self.quotation_at[at] == -1), None
        )
        if opening is None:
            return None
        while opening > start and (name := self.name_ending.get(opening)) is None:
            earlier = next((at for at in range(opening - 1, limit, -1) if self.text[at] == ","), None)
            if earlier is None:
                break
            opening = earlier
        name = self.name_ending.get(opening)
        if name is None and not (opening > start and self.lower[opening - 1] in self.agents):
            return None
        phrase = self.phrase_before(opening, start)
        if phrase is None:
            return None
        if self.lower[opening + 1] in {
            "who",
            "which",
            "whose",
            "where",
            "when",
            "while",
            "in",
            "after",
            "as",
            "and",
            "but",
        }:
            return phrase
        if any(
            self.lower[at] in self.verbs and self.lower[at] not in self.ambiguous for at in range(opening + 1, comma)
        ):
            return None
        return phrase[0], comma + 1

    def phrase_before(self, end: int, start: int) -> Range | None:
        """The noun phrase that ends at ``end`` and does not reach back over ``start``."""
        at = end
        while at > start and end - at < _LONGEST_PHRASE:
            word, shown = self.lower[at - 1], self.text[at - 1]
            if self.quotation_at[at - 1] != -1:
                break
            name = self.name_ending.get(at)
            if name is not None and name.start >= start:
                at = name.start
                continue
            if word in self.prepositions:
                if at == end:
                    return None
                at -= 1
                continue
            if word in {"and", "&"} and at < end and self._joins_nouns(at - 1, start, end):
                at -= 1
                continue
            if word in self.conjunctions or word in self.auxiliaries - {"'s", "’s"} or word in self.pronouns:
                break
            if (
                word in self.verbs
                and self.quotation_at[at - 1] == -1
                and not shown[0].isupper()
                and self._is_finite(at - 1, start)
            ):
                break
            if not (shown[0].isalnum() or shown in {"'s", "’s", "’", "'", "-", "–", "/", "&", "$", "#", "@", "."}):
                break
            at -= 1
        return self._trimmed(at, end)

    def _is_finite(self, at: int, start: int) -> bool:
        if self.lower[at] not in self.ambiguous:
            return True
        return at > start and (self.lower[at - 1] in self.pronouns or at in self.name_ending)

    def _joins_nouns(self, conjunction: int, start: int, end: int) -> bool:
        if conjunction <= start:
            return False
        following = self.text[conjunction + 1]
        before = self.text[conjunction - 1]
        if before == "," and conjunction - 1 > start:
            before = self.text[conjunction - 2]
        return (following[0].isupper() and before[0].isupper()) or (
            self.lower[conjunction + 1] in self.agents and before.lower() in self.agents
        )

    def _trimmed(self, start: int, end: int) -> Range | None:
        """``[start, end)`` without words that open a clause, or ``None`` where no noun phrase is left."""
        while start < end and (
            self.lower[start] in self.leading
            or self.lower[start] in self.adverbs
            or not (self.text[start][0].isalnum() or self.text[start][0] in "@#$")
            or self.text[start] in {"'s", "’s"}
        ):
            start += 1
        if start < end and self.lower[start] in self.prepositions:
            # "In a statement Trump said": the name at the end, or nothing that can be relied on.
            name = self.name_ending.get(end)
            if name is None or name.start <= start:
                return None
            start = name.start
            while start > 0 and self.text[start - 1] in lexicon.words("titles"):
                start -= 1
        if start >= end:
            return None
        first, last = self.lower[start], self.lower[end - 1]
        if self.text[end - 1] in {"'s", "’s", "’", "'"}:
            return None
        if (
            any(self.text[at][0].isupper() for at in range(start, end))
            or first in self.determiners
            or last in self.agents
            or (last.endswith("s") and len(last) > 4 and end - start <= 4)
        ):
            return start, end
        return None

    def phrase_after(self, start: int, end: int) -> Range | None:
        """The noun phrase that begins at ``start``, with what explains it after a comma if the sentence ends there."""
        if start >= end or self.quotation_at[start] != -1:
            return None
        word = self.lower[start]
        if word in {"he", "she", "they", "i", "we", "it"}:
            return start, start + 1
        if not (
            self.text[start][0].isupper()
            or word in self.determiners
            or word in self.agents
            or word in lexicon.demonyms()
        ):
            return None
        if word in {"that", "there"} or self.lower[start] in lexicon.words("ends_of_adjuncts"):
            return None
        at = self._phrase_end(start, end)
        if at < end and self.text[at] == "," and at + 1 < end:
            close = next(
                (place for place in range(at + 1, end) if self.text[place] == "," or self.quotation_at[place] != -1),
                end,
            )
            aside = range(at + 1, close)
            if (
                self.lower[at + 1]
                not in {
                    "who",
                    "which",
                    "whose",
                    "and",
                    "but",
                    "as",
                    "in",
                    "after",
                    "when",
                    "while",
                    "where",
                    "with",
                    "citing",
                }
                and not any(
                    self.lower[place] in self.verbs and self.lower[place] not in self.ambiguous for place in aside
                )
                and self._is_description(at + 1)
            ):
                at = close
                while at > start and self.text[at - 1] in _FINAL:
                    at -= 1
        return (start, at) if at > start else None

    def _is_description(self, at: int) -> bool:
        return (
            self.lower[at] in {"a", "an", "the", "his", "her", "its", "their"}
            or self.lower[at] in self.agents
            or self.lower[at]
            in {
                "chairman",
                "head",
                "president",
                "director",
                "professor",
                "founder",
                "chief",
                "former",
                "vice",
                "executive",
                "senior",
                "deputy",
                "secretary",
                "co",
            }
            or self.text[at] in lexicon.words("titles")
        )

    def _phrase_end(self, start: int, end: int) -> int:
        at = start
        while at < end and at - start < _LONGEST_PHRASE:
            if self.quotation_at[at] != -1:
                break
            name = self.name_from.get(at)
            if name is not None and name.end <= end:
                at = name.end
                continue
            word, shown = self.lower[at], self.text[at]
            if at > start and (
                word in self.conjunctions - {"and"}
                or (word in self.prepositions - {"of", "for", "at", "from", "with"})
                or word in self.auxiliaries - {"'s", "’s"}
                or word in lexicon.words("ends_of_adjuncts")
                or word in {"who", "which", "he", "she", "they", "it", "we", "i", "there"}
            ):
                break
            if word == "and" and not (
                at + 1 < end and self.text[at + 1][0].isupper() and self.text[at - 1][0].isupper()
            ):
                break
            if not (shown[0].isalnum() or shown in {"'s", "’s", "-", "–", "/", "&", "."}) or (
                shown == "." and at + 1 >= end
            ):
                break
            at += 1
        while at > start and self.lower[at - 1] in self.prepositions:
            at -= 1
        return at

    # --- what is attributed ----------------------------------------------------------------------------------

    def inverted(self, group: int, after: int, start: int, end: int, verb: Verb, number: int) -> _Found | None:
        """``"...," said X`` and ``..., said X``."""
        before = group - 1
        if before < 0 or group - 1 < start:
            return None
        quoted = self.quotation_before(group, start)
        if quoted is None and not (
            self.text[before] == "," and verb.lemma in {"say", "write", "report", "add", "note", "explain"}
        ):
            return None
        source = self.phrase_after(after, end)
        if source is None or self.lower[source[0]] in {"it", "that"}:
            return None
        cue = (group, after)
        if quoted is not None:
            content = self.with_following(quoted, source[1], end, number)
            return _Found(source, cue, content, "rule:quotation+verb", self.polarity(verb, content), self.hedges(verb))
        left = self.clause_before(before, start)
        if left is None:
            return None
        return _Found(source, cue, (left,), "rule:clause-before-verb", self.polarity(verb, ()), self.hedges(verb))

    def content_for(
        self, subject: Range, group: int, after: int, start: int, end: int, verb: Verb, number: int, carried: bool
    ) -> _Found | None:
        cue = (group, after)

        def found(content: tuple[Range, ...], method: str) -> _Found:
            return _Found(subject, cue, content, method, self.polarity(verb, content), self.hedges(verb), carried)

        if verb.frames & _STATEMENTS:
            if not carried and (quoted := self.quotation_before(subject[0], start)) is not None:
                return found(self.with_following(quoted, after, end, number), "rule:quotation+verb")
            content = self.content_after(after, end, verb, number)
            if content is not None:
                return found(*content)
            if (
                not carried
                and subject[0] - 1 > start
                and self.text[subject[0] - 1] == ","
                and self.lower[subject[0]] not in {"who", "which"}
            ):
                pieces = self.clauses_around(subject[0] - 1, after, start, end)
                if pieces:
                    return found(pieces, "rule:clause-before-verb")
        if verb.frames & {"denial", "topic"} and after < end:
            piece = self.object_after(after, end)
            if piece is not None:
                return found((piece,), "rule:object")
        return None

    def content_after(self, after: int, end: int, verb: Verb, number: int) -> tuple[tuple[Range, ...], str] | None:
        """What follows the cue: a quotation, a clause with "that", or a bare clause."""
        at = after
        if "addressee" in verb.frames and at < end and self.quotation_at[at] == -1 and self.text[at] not in {",", ":"}:
            reached = self.addressee(at, end)
            if reached is not None:
                at = reached
            elif verb.frames <= {"addressee", "quotation"}:
                return None
        word = self.lower[at] if at < end else ""
        if at < end and self.quotation_at[at] != -1:
            return (self.from_quotation(at, end, number), "rule:quotation+verb")
        if word in {",", ":"} and at + 1 < end and self.quotation_at[at + 1] != -1:
            return (self.from_quotation(at + 1, end, number), "rule:quotation+verb")
        frames = verb.frames
        if word in _QUESTION_WORDS and frames & {"clause", "that", "addressee", "question"}:
            if word == "that" and at + 1 < end and self.lower[at + 1] in {".", ",", "and"}:
                return None
            return ((self.clause(at, end),), "rule:that-clause")
        if word in {":"} and at + 1 < end and frames & {"clause", "that"}:
            return ((self.clause(at + 1, end),), "rule:clause")
        if word in self.adjuncts or word in {"that"}:
            reached = self.past_adjunct(at, end)
            if reached is not None and self.quotation_at[reached] != -1:
                return (self.from_quotation(reached, end, number), "rule:quotation+verb")
            if reached is not None and frames & {"clause", "that", "addressee"}:
                return (
                    (self.clause(reached, end),),
                    "rule:that-clause" if self.lower[reached] == "that" else "rule:clause",
                )
            return None
        if (
            frames & {"clause", "addressee"}
            and at < end
            and (at > after or "clause" in frames)
            and self._opens_clause(at, end)
        ):
            return ((self.clause(at, end),), "rule:clause")
        return None

    def addressee(self, at: int, end: int) -> int | None:
        """Where whom it was told to ends."""
        word = self.lower[at]
        if word in {"him", "her", "them", "us", "me", "you"}:
            return at + 1
        reached = self._phrase_end(at, end)
        if reached == at:
            return None
        return reached

    def past_adjunct(self, at: int, end: int) -> int | None:
        """Where what is said begins after "in a statement", "on Friday" and the like."""
        for place in range(at, min(end, at + _LONGEST_ADJUNCT)):
            word = self.lower[place]
            if self.quotation_at[place] != -1:
                return place if self.text[place - 1] in {",", ":", "that"} else None
            if word == "that" and place > at:
                return place
            if word in {",", ":"} and place + 1 < end and self.quotation_at[place + 1] != -1:
                return place + 1
            if word in self.verbs and self.lower[place] not in self.ambiguous and not self.verbs[word].participle:
                return None
            if place > at and word in {"he", "she", "they", "it", "we", "i", "there"} and self.text[place - 1] != ",":
                return place
            if (
                place > at
                and self.lower[place - 1] in lexicon.words("ends_of_adjuncts")
                and word not in {",", "."}
                and word not in self.adjuncts
            ):
                return place
            if word in {".", ";"}:
                return None
        return None

    def _opens_clause(self, at: int, end: int) -> bool:
        if end - at < 3:
            return False
        word = self.lower[at]
        if (
            word in self.clause_starts
            or at in self.name_from
            or self.text[at][0].isupper()
            or self.text[at][0].isdigit()
        ):
            return self._has_verb(at, end)
        if (
            word
            in {
                "to",
                "about",
                "of",
                "by",
                "and",
                "or",
                ",",
                ".",
                ";",
                "so",
                "nothing",
                "yes",
                "no",
                "much",
                "more",
                "on",
                "up",
                "back",
            }
            or not word[0].isalpha()
        ):
            return False
        return word not in self.prepositions and word not in self.adverbs and self._has_verb(at, end)

    def _has_verb(self, at: int, end: int) -> bool:
        """Whether something in the clause can be its finite verb, so that it is no bare noun phrase."""
        for place in range(at + 1, min(end, at + 25)):
            word = self.lower[place]
            if word in self.auxiliaries or word in {"n't", "n’t"}:
                return True
            if self.quotation_at[place] == -1 and word in {",", ";"} and place - at > 12:
                return False
            if word.endswith("ed") and len(word) > 4:
                return True
            if (
                place > at + 1
                and word.isalpha()
                and self.lower[place - 1] in {"he", "she", "it", "they", "we", "i", "you", "who"}
            ):
                return True
            if self.lower[at] in {"he", "she", "it", "they", "we", "i", "you", "there"}:
                return True
            if word in _COMMON_VERBS:
                return True
        return False

    def object_after(self, at: int, end: int) -> Range | None:
        if self.quotation_at[at] == -1 and not (
            self.lower[at] in self.determiners
            or at in self.name_from
            or self.text[at][0].isupper()
            or self.lower[at] in {"him", "them", "us", "me", "having", "being", "for", "on"}
            or (self.text[at][0].isalpha()
            and self.lower[at] not in self.prepositions
            and self.lower[at] not in self.conjunctions
            and self.lower[at] not in self.adverbs
            and self.lower[at] not in self.auxiliaries)
        ):
            return None
        start, stop = self.clause(at, end)
        for place in range(start + 1, stop):
            if self.text[place] == "," and self.quotation_at[place] == -1:
                stop = place
                break
        return (start, stop) if stop > start else None

    def clause(self, at: int, end: int) -> Range:
        """From ``at`` to where the clause ends: at the sentence's end, or before the next thing that is reported."""
        stop = at + 1
        while stop < end:
            if self.quotation_at[stop] == -1 and stop > at + 1:
                shown, word = self.text[stop], self.lower[stop]
                if shown == ";":
                    break
                if (shown == "," or word in {"and", "but"}) and self._reports_on(stop, end):
                    break
            stop += 1
        stop = self._whole_quotation(stop)
        while stop > at + 1 and self.quotation_at[stop - 1] == -1 and self.text[stop - 1] in _FINAL | {","}:
            stop -= 1
        return at, stop

    def _whole_quotation(self, stop: int) -> int:
        number = self.quotation_at[stop - 1]
        return max(stop, self.quotations[number].end) if number != -1 else stop

    def _reports_on(self, at: int, end: int) -> bool:
        """Whether after the comma or conjunction at ``at`` the same subject reports something more."""
        place = at + 1
        if place < end and self.text[at] == "," and self.lower[place] in {"and", "but"}:
            place += 1
        if place + 1 < end and self.lower[place] == "according" and self.lower[place + 1] == "to":
            return True
        while place < end and (self.lower[place] in self.adverbs or self.lower[place].endswith("ly")):
            place += 1
        verb = self.verbs.get(self.lower[place]) if place < end else None
        if verb is None or place + 1 >= end or not verb.frames & {"clause", "that", "addressee"}:
            return False
        following = self.lower[place + 1]
        if verb.participle:
            return self.text[at] == ","
        return verb.past and (
            following in {"that", ","} or self.quotation_at[place + 1] != -1 or following in {"he", "she", "it", "they"}
        )

    def quotation_before(self, at: int, start: int) -> tuple[Range, ...] | None:
        """The quotation that ends right before ``at``, taken back over paragraphs that it continues and over the words
        that lead into it."""
        last = at - 1
        if last > 0 and self.text[last] == "," and self.quotation_at[last] == -1:
            last -= 1
        if last < 0 or self.quotation_at[last] == -1:
            return None
        number = self.quotation_at[last]
        quoted = self.quotations[number]
        if last + 1 != quoted.end:
            return None
        pieces = [(quoted.start, quoted.end)]
        while self.quotations[number].continues and number > 0:
            number -= 1
            pieces.insert(0, (self.quotations[number].start, self.quotations[number].end))
        if len(pieces) == 1:
            opening = self.sentences[self.sentence_of[quoted.start]][0]
            if opening < quoted.start and self._leads_into(opening, quoted.start):
                pieces[0] = (opening, quoted.end)
        return tuple(pieces)

    def _leads_into(self, start: int, end: int) -> bool:
        """Whether the unquoted words ``[start, end)`` belong to the same statement as the quotation after them."""
        if not self.text[end - 1][0].isalnum():
            return False
        return not any(
            self.lower[at] in self.verbs and self.lower[at] not in self.ambiguous and self.quotation_at[at] == -1
            for at in range(start, end)
        )

    def with_following(self, pieces: tuple[Range, ...], after: int, end: int, number: int) -> tuple[Range, ...]:
        """Adds to a quotation before its cue the quotations that go on after it."""
        found = list(pieces)
        at = after
        limit = min(end, after + _LONGEST_ADJUNCT)
        while at < limit and self.quotation_at[at] == -1 and self.lower[at] not in self.verbs:
            at += 1
        if (
            at < end
            and self.quotation_at[at] != -1
            and (self.text[at - 1] in {",", ":", ";", "—", "-", "–"} or at == after)
        ):
            quoted = self.quotations[self.quotation_at[at]]
            found.append((quoted.start, quoted.end))
            self._add_continued(found, self.quotation_at[at])
            return tuple(found)
        if at >= end or (at == end - 1 and self.text[at] in _FINAL):
            self._add_next_sentences(found, number)
        return tuple(found)

    def _add_next_sentences(self, found: list[Range], number: int) -> None:
        """Adds quotations that stand alone as the next sentences of the paragraph."""
        following = number + 1
        limit = self.paragraph_ends[number]
        while following < len(self.sentences) and self.sentences[following][0] < limit:
            first = self.sentences[following][0]
            if self.quotation_at[first] == -1:
                return
            index = self.quotation_at[first]
            quoted = self.quotations[index]
            if quoted.start != first or (
                quoted.end < limit
                and self.sentence_of[quoted.end] == self.sentence_of[quoted.end - 1]
                and self.text[quoted.end] not in _FINAL
            ):
                return
            found.append((quoted.start, quoted.end))
            self._add_continued(found, index)
            following = self.sentence_of[quoted.end - 1] + 1

    def _add_continued(self, found: list[Range], number: int) -> None:
        while number + 1 < len(self.quotations) and self.quotations[number + 1].continues:
            number += 1
            found.append((self.quotations[number].start, self.quotations[number].end))

    def from_quotation(self, at: int, end: int, number: int) -> tuple[Range, ...]:
        """A quotation after its cue: with the rest of its clause where it is part of one."""
        index = self.quotation_at[at]
        quoted = self.quotations[index]
        stop = quoted.end
        closed = stop - 2 >= quoted.start and self.text[stop - 2] in {".", "?", "!", ",", "…"}
        goes_on = stop < end and self.text[stop] not in _FINAL and self.text[stop] != ","
        if goes_on and not closed:
            return (self.clause(quoted.start, end),)
        found = [(quoted.start, stop)]
        self._add_continued(found, index)
        if stop >= end or self.text[stop] in _FINAL:
            self._add_next_sentences(found, self.sentence_of[stop - 1])
        return tuple(found)

    def clause_before(self, comma: int, start: int) -> Range | None:
        """The clause ``[start, comma)`` that is attributed by what follows it."""
        first = start
        while first < comma and self.lower[first] in {"and", "but"}:
            first += 1
        if comma - first < 3 or self.lower[first] in self.prepositions or self.lower[first] in self.conjunctions:
            return None
        if any(
            self.lower[at] in self.verbs
            and self.quotation_at[at] == -1
            and self.lower[at] in {"said", "says", "told", "asked"}
            for at in range(first, comma)
        ):
            return None
        return (first, comma) if self._has_verb(first, comma) else None

    def clauses_around(self, comma: int, after: int, start: int, end: int) -> tuple[Range, ...]:
        left = self.clause_before(comma, start)
        right: Range | None = None
        if after < end and self.text[after] == "," and end - after > 3:
            right = self.clause(after + 1, end)
        if left is not None:
            return (left,) if right is None or right[0] >= right[1] else (left, right)
        if right is not None and comma > start:
            return ((start, comma), right)
        return ()

    def participle(
        self, at: int, after: int, start: int, end: int, verb: Verb, previous: _Found | None
    ) -> _Found | None:
        """ ", adding that ...": the source is that of the cue before it, or the subject that the sentence opens with."""
        if (
            at == start
            or not (self.text[at - 1] == "," or self.quotation_at[at - 1] != -1)
            or not verb.frames & {"clause", "that", "addressee"}
        ):
            return None
        source = previous.source if previous is not None else self.opening_subject(start, at)
        if source is None:
            return None
        content = self.content_after(after, end, verb, self.sentence_of[at])
        if content is None:
            return None
        pieces, method = content
        return _Found(source, (at, after), pieces, method, self.polarity(verb, pieces), self.hedges(verb), carried=True)

    def opening_subject(self, start: int, end: int) -> Range | None:
        if self.lower[start] in {"he", "she", "they", "it", "i", "we"}:
            return start, start + 1
        name = self.name_from.get(start)
        if name is not None and name.end < end:
            return name.start, name.end
        return None

    def impersonal(self, group: int, at: int, after: int, start: int, end: int, verb: Verb) -> _Found | None:
        """ "It was reported that ...": an attribution without an agent."""
        if group - 1 < start or self.lower[group - 1] != "it" or after >= end or self.lower[after] != "that":
            return None
        if not verb.frames & {"clause", "that"}:
            return None
        piece = self.clause(after, end)
        return _Found(
            None, (group, after), (piece,), "rule:that-clause", self.polarity(verb, (piece,)), self.hedges(verb)
        )

    def according_to(self, at: int, start: int, end: int) -> _Found | None:
        source = self.phrase_after(at + 2, end)
        if source is None:
            return None
        cue = (at, at + 2)
        after = source[1]
        if at > start and self.lower[at - 1] not in {"and", "but"}:
            stop = at - 1 if self.text[at - 1] == "," else at
            quoted = self.quotation_before(at, start)
            if quoted is not None:
                return _Found(source, cue, quoted, "rule:according-to")
            first = start
            while first < stop and self.lower[first] in {"and", "but"}:
                first += 1
            return _Found(source, cue, ((first, stop),), "rule:according-to") if stop - first >= 3 else None
        if after < end and self.text[after] == "," and end - after > 3:
            return _Found(source, cue, (self.clause(after + 1, end),), "rule:according-to")
        return None

    # --- how it is attributed --------------------------------------------------------------------------------

    def polarity(self, verb: Verb, content: tuple[Range, ...]) -> Polarity:
        if "denial" in verb.frames:
            return "denied"
        if "question" in verb.frames:
            return "questioned"
        if content and self.quotation_at[content[0][0]] != -1:
            last = content[-1][1]
            if last >= 2 and self.text[last - 2] == "?":
                return "questioned"
        return "affirmed"

    def hedges(self, verb: Verb) -> bool:
        return "hedged" in verb.frames

    def as_attribution(self, found: _Found) -> Attribution:
        content = tuple(self._span(piece) for piece in found.content)
        hedged = found.hedged or any(
            self.lower[at] in lexicon.words("hedges") and self.text[at] != "May"
            for start, end in found.content
            for at in range(start, end)
        )
        certainty: Certainty = "hedged" if hedged else "certain"
        confidence = CONFIDENCE[found.method] - (_LESS if found.carried or found.source is None else 0.0)
        return Attribution(
            source=self._spans(found.source),
            cue=self._spans(found.cue),
            content=content,
            directness=self._directness(found.content),
            polarity=found.polarity,
            certainty=certainty,
            confidence=round(confidence, 2),
            method=found.method,
        )

    def _span(self, piece: Range) -> Span:
        return Span(self.words.starts[piece[0]], self.words.ends[piece[1] - 1])

    def _spans(self, piece: Range | None) -> Spans:
        return () if piece is None else (self._span(piece),)

    def _directness(self, content: tuple[Range, ...]) -> Directness:
        quoted = plain = 0
        for start, end in content:
            for at in range(start, end):
                if self.text[at][0].isalnum():
                    if self.quotation_at[at] == -1:
                        plain += 1
                    else:
                        quoted += 1
        if plain == 0 and quoted:
            return "direct"
        return "mixed" if quoted else "indirect"


_COMMON_VERBS = frozenset(
    ["made", "took", "got", "went", "came", "gave", "knew", "saw", "left", "kept", "let", "put", "set", "cut", "hit", "hurt", "cost", "lost", "won", "met", "paid", "ran", "sat", "sent", "spoke", "spent", "stood", "held", "led", "built", "bought", "brought", "caught", "fell", "felt", "fought", "forgot", "grew", "became", "began", "broke", "chose", "drew", "drove", "ate", "wore", "wrote", "rose", "makes", "takes", "gets", "goes", "comes", "gives", "knows", "sees", "leaves", "keeps", "lets", "puts", "sets", "means", "needs", "wants", "works", "looks", "seems", "remains", "make", "take", "get", "go", "come", "give", "know", "see", "leave", "keep", "need", "want", "work", "look", "seem", "remain", "mean", "run", "wants", "helps", "help", "believes", "believe", "think", "thinks", "says", "said", "told", "shows", "show", "plans", "plan", "hopes", "supports", "support", "faces", "face", "represents", "tends", "lacks", "deserves", "poses", "requires", "includes", "involves", "depends", "appears", "continues", "exists", "belongs", "serves", "threatens", "represents", "reflects"]
)

"""Small changes to a sentence that keep what it claims, turn it round, or make it another claim.

Each edit finds every place where it applies and makes one of them, drawn at random, or none (``None``). They are
deliberately plain: what they make is not always good English, but what they claim of it is nearly always true.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from numpy.random import Generator

from ingest.train.pairs.examples import CONTRADICTS, DIFFERENT, NOT_SAME

Edit = Callable[[str, Generator], str | None]

_UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("start", "begin"), ("started", "began"), ("help", "aid"), ("buy", "purchase"), ("bought", "purchased"),
    ("about", "roughly"), ("around", "approximately"), ("more than", "over"), ("many", "a lot of"), ("big", "large"),
    ("tried", "attempted"), ("trying", "attempting"), ("end", "finish"), ("ended", "finished"),
    ("show", "demonstrate"), ("showed", "demonstrated"), ("get", "obtain"), ("got", "received"),
    ("people", "persons"), ("kids", "children"), ("must", "has to"), ("important", "significant"),
    ("because", "since"), ("but", "yet"), ("also", "too"), ("money", "funds"), ("job", "position"),
    ("jobs", "positions"), ("speech", "address"), ("attack", "assault"), ("said", "stated"), ("believes", "thinks"),
    ("believe", "think"), ("candidate", "contender"), ("country", "nation"), ("nominee", "candidate"),
    ("voters", "the electorate"), ("vote", "ballot"), ("win", "victory"), ("killed", "slain"), ("former", "ex-"),
    ("fast", "quick"), ("quickly", "rapidly"), ("whole", "entire"), ("likely", "probable"), ("talk", "speak"),
    ("talks", "negotiations"), ("rules", "regulations"), ("law", "statute"), ("doctor", "physician"),
    ("doctors", "physicians"), ("wife", "spouse"), ("husband", "spouse"), ("home", "house"), ("car", "vehicle"),
    ("cars", "vehicles"), ("ship", "vessel"), ("film", "movie"), ("firm", "company"), ("firms", "companies"),
    ("workers", "employees"), ("chief", "head"), ("leader", "head"), ("aide", "adviser"), ("choose", "pick"),
    ("chose", "picked"), ("keep", "retain"), ("kept", "retained"), ("give", "hand"), ("gave", "handed"),
    ("need", "require"), ("needs", "requires"), ("ask", "request"), ("asked", "requested"), ("fix", "repair"),
    ("happen", "occur"), ("happened", "occurred"), ("answer", "reply"), ("answered", "replied"),
    ("enough", "sufficient"), ("error", "mistake"), ("errors", "mistakes"), ("anger", "fury"), ("angry", "furious"),
    ("fear", "dread"), ("illegal", "unlawful"), ("rich", "wealthy"), ("poor", "impoverished"), ("dead", "deceased"),
    ("sick", "ill"), ("often", "frequently"), ("rarely", "seldom"), ("maybe", "perhaps"), ("almost", "nearly"),
    ("only", "just"), ("again", "once more"), ("now", "currently"), ("soon", "shortly"), ("while", "whereas"),
    ("although", "though"), ("United States", "US"), ("U.S.", "American"), ("United Kingdom", "Britain"),
    ("European Union", "EU"), ("United Nations", "UN"), ("President Obama", "Barack Obama"),
    ("Mr. Trump", "Donald Trump"), ("Mrs. Clinton", "Hillary Clinton"), ("White House", "administration"),
    ("Congress", "lawmakers"), ("Republicans", "the GOP"), ("campaign", "election campaign"), ("percent", "per cent"),
)  # fmt: skip
ANTONYMS: tuple[tuple[str, str], ...] = (
    ("rose", "fell"), ("rise", "fall"), ("rises", "falls"), ("rising", "falling"), ("increase", "decrease"),
    ("increased", "decreased"), ("increases", "decreases"), ("increasing", "decreasing"), ("more", "less"),
    ("more", "fewer"), ("higher", "lower"), ("high", "low"), ("highest", "lowest"), ("support", "oppose"),
    ("supports", "opposes"), ("supported", "opposed"), ("supporting", "opposing"), ("won", "lost"), ("win", "lose"),
    ("wins", "loses"), ("winning", "losing"), ("accepted", "rejected"), ("accept", "reject"), ("accepts", "rejects"),
    ("approved", "rejected"), ("approve", "reject"), ("good", "bad"), ("better", "worse"), ("best", "worst"),
    ("strong", "weak"), ("stronger", "weaker"), ("true", "false"), ("right", "wrong"), ("before", "after"),
    ("easy", "difficult"), ("easier", "harder"), ("safe", "dangerous"), ("safer", "more dangerous"),
    ("legal", "illegal"), ("possible", "impossible"), ("able", "unable"), ("guilty", "innocent"), ("open", "closed"),
    ("opened", "closed"), ("agree", "disagree"), ("agreed", "refused"), ("agrees", "disagrees"), ("like", "hate"),
    ("likes", "hates"), ("love", "hate"), ("loves", "hates"), ("always", "never"), ("everyone", "nobody"),
    ("everything", "nothing"), ("first", "last"), ("early", "late"), ("earlier", "later"), ("success", "failure"),
    ("succeeded", "failed"), ("ally", "enemy"), ("allies", "enemies"), ("friend", "enemy"), ("popular", "unpopular"),
    ("fair", "unfair"), ("likely", "unlikely"), ("necessary", "unnecessary"), ("honest", "dishonest"),
    ("fit", "unfit"), ("confirmed", "denied"), ("confirm", "deny"), ("allow", "forbid"), ("allowed", "forbidden"),
    ("allows", "forbids"), ("cut", "raised"), ("cut", "raise"), ("growth", "decline"), ("gain", "loss"),
    ("gains", "losses"), ("helped", "hurt"), ("helps", "hurts"), ("positive", "negative"), ("old", "new"),
    ("young", "old"), ("rich", "poor"), ("started", "stopped"), ("start", "stop"), ("began", "ended"),
    ("begin", "end"), ("arrived", "left"), ("remember", "forget"), ("include", "exclude"), ("included", "excluded"),
    ("upheld", "overturned"), ("guilty", "not guilty"), ("acquitted", "convicted"), ("praised", "criticized"),
    ("backed", "opposed"), ("ahead", "behind"), ("public", "private"), ("peace", "war"), ("friendly", "hostile"),
    ("black", "white"), ("men", "women"), ("man", "woman"), ("north", "south"), ("east", "west"), ("left", "right"),
    ("domestic", "foreign"), ("increase", "reduce"), ("expand", "shrink"), ("gained", "lost"), ("alive", "dead"),
    ("banned", "allowed"), ("ban", "permit"), ("admitted", "denied"), ("released", "detained"), ("many", "few"),
    ("major", "minor"), ("improve", "worsen"), ("improved", "worsened"), ("faster", "slower"), ("cheap", "expensive"),
)  # fmt: skip
MODALITY: tuple[tuple[str, str], ...] = (
    ("will", "may"), ("will", "might"), ("will", "could"), ("will", "should"), ("would", "might"), ("must", "may"),
    ("has", "might have"), ("have", "might have"), ("had", "might have"), ("is", "could be"), ("are", "could be"),
    ("was", "might have been"), ("were", "may have been"), ("can", "should"), ("has", "hopes to have"),
    ("is", "is said to be"), ("was", "wants to be"), ("will", "wants to"), ("will", "has promised to"),
    ("will", "plans to"), ("will", "is trying to"), ("is", "should be"), ("are", "ought to be"), ("did", "could"),
    ("should", "will"), ("could", "will"), ("may", "will"), ("might", "did"),
)  # fmt: skip
TENSE: tuple[tuple[str, str], ...] = (
    ("is", "was"), ("are", "were"), ("was", "will be"), ("were", "will be"), ("has", "will have"), ("will be", "was"),
    ("is", "will be"), ("are", "will be"), ("has been", "will be"), ("have been", "will be"), ("had", "will have"),
    ("was", "is"), ("were", "are"), ("is", "used to be"), ("are", "used to be"),
)  # fmt: skip
SCOPE: tuple[tuple[str, str], ...] = (
    ("all", "some"), ("every", "hardly any"), ("most", "some"), ("many", "all"), ("some", "most"), ("some", "all"),
    ("several", "most"), ("few", "most"), ("only", "not only"), ("everyone", "someone"), ("always", "sometimes"),
    ("often", "sometimes"), ("never", "rarely"), ("both", "neither of"), ("half", "most"),
    ("a majority", "a minority"),
)  # fmt: skip
PREPOSITIONS: tuple[tuple[str, str], ...] = (
    ("by", "for"), ("for", "by"), ("to", "from"), ("from", "to"), ("with", "against"), ("against", "with"),
    ("for", "against"), ("against", "for"), ("during", "after"), ("under", "over"), ("into", "out of"), ("on", "under"),
)  # fmt: skip
CONTRACTIONS: tuple[tuple[str, str], ...] = (
    ("do not", "don't"), ("does not", "doesn't"), ("did not", "didn't"), ("is not", "isn't"), ("are not", "aren't"),
    ("was not", "wasn't"), ("were not", "weren't"), ("will not", "won't"), ("would not", "wouldn't"),
    ("cannot", "can't"), ("could not", "couldn't"), ("should not", "shouldn't"), ("has not", "hasn't"),
    ("have not", "haven't"), ("had not", "hadn't"), ("it is", "it's"), ("he is", "he's"), ("she is", "she's"),
    ("they are", "they're"), ("we are", "we're"), ("I am", "I'm"), ("you are", "you're"), ("I have", "I've"),
    ("we have", "we've"), ("he will", "he'll"), ("they will", "they'll"), ("that is", "that's"),
)  # fmt: skip
_AUXILIARIES = (
    "is", "are", "was", "were", "will", "would", "should", "could", "must", "has", "have", "had", "did", "does",
)  # fmt: skip
_NEGATED: tuple[tuple[str, str], ...] = (
    *((word, f"{word} not") for word in _AUXILIARIES),
    ("can", "cannot"), ("always", "not always"), ("a", "no"), ("some", "no"), ("any", "no"), ("every", "not every"),
)  # fmt: skip
_DENIALS = ("It is not true that ", "It is not the case that ", "It is false that ", "At no time was it so that ")
_ASSURANCES = ("It is true that ", "The fact is that ", "It is the case that ", "In fact, ", "Indeed, ")


def _both_ways(pairs: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for words in pairs:
        for one in words:
            table.setdefault(one.lower(), []).extend(word for word in words if word != one)
    return {word: tuple(others) for word, others in table.items()}


def _one_way(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for word, other in pairs:
        table.setdefault(word.lower(), []).append(other)
    return {word: tuple(others) for word, others in table.items()}


def _cased(words: str, like: str) -> str:
    return words[:1].upper() + words[1:] if like[:1].isupper() and words[:1].islower() else words


def swap_words(table: Mapping[str, tuple[str, ...]]) -> Edit:
    """An edit that puts one of the words in ``table`` in place of another."""
    longest = sorted(table, key=lambda word: (-len(word), word))
    pattern = re.compile(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, longest))})(?![\w'’-])", re.IGNORECASE)

    def edit(text: str, random: Generator) -> str | None:
        places = list(pattern.finditer(text))
        if not places:
            return None
        place = places[int(random.integers(len(places)))]
        others = table[place[0].lower()]
        other = _cased(others[int(random.integers(len(others)))], place[0])
        return text[: place.start()] + other + text[place.end() :]

    return edit


def other_number(text: str, random: Generator) -> str | None:
    """Another number in digits, of the same length or a tenfold; years stay years."""
    places = list(_NUMBER.finditer(text))
    if not places:
        return None
    place = places[int(random.integers(len(places)))]
    digits = list(place[0])
    if _YEAR.fullmatch(place[0]):
        other = str(int(place[0]) + int(random.choice([-11, -9, -4, -2, -1, 1, 2, 3, 9])))
    elif random.random() < 0.2 and "." not in place[0]:
        other = place[0] + "0" if random.random() < 0.5 or len(place[0]) < 2 else place[0][:-1]
    else:
        at = [index for index, digit in enumerate(digits) if digit.isdigit()]
        index = at[0] if random.random() < 0.6 else at[int(random.integers(len(at)))]
        digits[index] = str((int(digits[index]) + int(random.integers(1, 9))) % 10)
        if index == at[0] and digits[index] == "0":
            digits[index] = "7" if place[0][at[0]] != "7" else "4"
        other = "".join(digits)
    if other == place[0] or not other:
        return None
    return text[: place.start()] + other + text[place.end() :]


def _one_of(words: Sequence[str]) -> Edit:
    return swap_words({word.lower(): tuple(other for other in words if other != word) for word in words})


other_count = _one_of(_UNITS[1:])
other_day = _one_of(_DAYS)


def other_month(text: str, random: Generator) -> str | None:
    """Another month; "May" and "March" only where a number or "in" is near, since they are words too."""
    months = "|".join(_MONTHS)
    pattern = rf"\b(?:(?<=in )|(?<=since )|(?<=until )|(?<=last )|(?<=\d ))(?:{months})\b|\b(?:{months})(?= \d)"
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    place = places[int(random.integers(len(places)))]
    others = [month for month in _MONTHS if month != place[0]]
    return text[: place.start()] + others[int(random.integers(len(others)))] + text[place.end() :]


def denied(text: str, random: Generator) -> str | None:
    """The sentence as not so, by a word or by what stands before it."""
    if re.search(r"\b(?:not|no|never|nobody|nothing|none|cannot)\b|n't\b|n’t\b", text):
        return affirmed(text, random)
    if random.random() < 0.12 and len(text) > 15:
        first = text if re.match(r"(?:[A-Z][a-z]+ [A-Z]|I\b|[A-Z]{2})", text) else text[:1].lower() + text[1:]
        return _DENIALS[int(random.integers(len(_DENIALS)))] + first
    edited = _deny(text, random)
    if edited is not None and random.random() < 0.2:
        short = r"\b(is|are|was|were|have|has|had|did|does|would|could|should) not\b"
        edited = re.sub(short, r"\1n't", edited, count=1)
    if edited is None:
        return None
    return re.sub(r"\b(has|have|had|was|is|are|were) not\b", r"\1 never", edited) if random.random() < 0.2 else edited


_deny = swap_words(_one_way(_NEGATED))


def affirmed(text: str, random: Generator) -> str | None:  # noqa: ARG001
    """The sentence without its only negation."""
    pattern = r"(?: not\b| never\b|n't\b|n’t\b)"
    places = list(re.finditer(pattern, text))
    if len(places) != 1:
        return None
    place = places[0]
    before = text[: place.start()]
    if place[0].startswith("n"):
        before = re.sub(r"\bca$", "can", re.sub(r"\bwo$", "will", before))
    return before + text[place.end() :]


_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b(?:(?:[A-Z][a-z]+|[A-Z]\.)(?: (?:[A-Z][a-z]+|[A-Z]\.))*)\b")
_FIRST_NAME = re.compile(r"^(?!The |A |An |He |She |It |They |We |But |And |In |On |If |There |This |That |His |Her )"
                         r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")  # fmt: skip
_NO_NAMES = frozenset({*_MONTHS, *_DAYS, "I", "Mr", "Mrs", "Ms", "Dr", "President", "American", "Americans"})


def names_in(text: str) -> list[tuple[int, int]]:
    """What looks like names: capitalized words within a sentence, or two at its start."""
    places = [*_FIRST_NAME.finditer(text), *_NAME.finditer(text)]
    found: list[tuple[int, int]] = []
    for place in sorted(places, key=lambda place: place.start()):
        if place[0] not in _NO_NAMES and (not found or place.start() >= found[-1][1]):
            found.append(place.span())
    return found


def swapped_names(text: str, random: Generator) -> str | None:
    """Two names in each other's places."""
    spans = names_in(text)
    pairs = [(one, other) for at, one in enumerate(spans) for other in spans[at + 1 :]]
    pairs = [(one, other) for one, other in pairs if text[slice(*one)] != text[slice(*other)]]
    # Names that are listed ("A and B") can change places without changing what is claimed.
    pairs = [(one, other) for one, other in pairs if not re.fullmatch(r",? (?:and|or) |, ", text[one[1] : other[0]])]
    if not pairs:
        return None
    (low, end), (start, high) = pairs[int(random.integers(len(pairs)))]
    return text[:low] + text[start:high] + text[end:start] + text[low:end] + text[high:]


def other_name(pool: Sequence[str]) -> Edit:
    """An edit that puts one of ``pool`` in place of a name."""

    def edit(text: str, random: Generator) -> str | None:
        spans = names_in(text)
        if not spans or not pool:
            return None
        low, high = spans[int(random.integers(len(spans)))]
        other = pool[int(random.integers(len(pool)))]
        shared = set(other.split()) & set(text[low:high].split())
        return None if shared else text[:low] + other + text[high:]

    return edit


_PLAIN_WORD = re.compile(r"(?<![\w'’-])[a-z]{5,}(?![\w'’-])")
_ENDINGS = ("ing", "ed", "ly", "s")


def plain_words(texts: Iterable[str]) -> list[str]:
    """Words in small letters that several of the texts have, in alphabetical order: what ``other_word`` puts in."""
    counted = Counter(word for text in texts for word in set(_PLAIN_WORD.findall(text)))
    return sorted(word for word, count in counted.items() if count >= 3)


def other_word(pool: Sequence[str]) -> Edit:
    """An edit that puts a word with the same ending from ``pool`` in place of another that does not mean the same."""
    by_ending: dict[str, list[str]] = {}
    for word in pool:
        by_ending.setdefault(_ending(word), []).append(word)
    near = _both_ways(SYNONYMS)

    def edit(text: str, random: Generator) -> str | None:
        places = list(_PLAIN_WORD.finditer(text))
        if not places:
            return None
        place = places[int(random.integers(len(places)))]
        others = by_ending.get(_ending(place[0]), [])
        if not others:
            return None
        other = others[int(random.integers(len(others)))]
        if other[:4] == place[0][:4] or other in near.get(place[0], ()):
            return None
        return text[: place.start()] + other + text[place.end() :]

    return edit


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


def assured(text: str, random: Generator) -> str | None:
    """The same with an empty phrase before it."""
    first = text if re.match(r"(?:[A-Z][a-z]+ [A-Z]|I\b|[A-Z]{2})", text) else text[:1].lower() + text[1:]
    return _ASSURANCES[int(random.integers(len(_ASSURANCES)))] + first


_NUMBER_FORMS = (
    (r"(\d) ?percent\b", r"\1%"),
    (r"(\d)%", r"\1 percent"),
    (r"\b(\d{1,3}),(\d{3})\b", r"\1\2"),
    (r"\b(\d+(?:\.\d)?) million\b", r"\1m"),
    (r"\b(\d+(?:\.\d)?) billion\b", r"\1bn"),
)


def spelled_number(text: str, random: Generator) -> str | None:  # noqa: ARG001
    """Small numbers in words or in digits, percents by their sign or by the word, thousands with their comma or not."""
    for word in _UNITS[1:]:
        if (place := re.search(rf"\b{word}\b", text)) is not None:
            return text[: place.start()] + str(_UNITS.index(word) + 1) + text[place.end() :]
    for pattern, other in _NUMBER_FORMS:
        if re.search(pattern, text):
            return re.sub(pattern, other, text, count=1)
    if (place := re.search(r"(?<![\w.,])([2-9]|1[0-5])(?![\w.,%])", text)) is not None:
        return text[: place.start()] + _UNITS[int(place[0]) - 1] + text[place.end() :]
    return None


def moved_phrase(text: str, random: Generator) -> str | None:  # noqa: ARG001
    """A phrase of time or place from the end to the front, or back."""
    body = text.rstrip(".")
    if (end := re.search(r" ((?:on|in|at|during|after|before|since) (?:[\w’']+ ?){1,3})$", body)) is not None:
        rest = body[: end.start()]
        if len(rest.split()) >= 4:
            first = rest if re.match(r"(?:[A-Z][a-z]+ [A-Z]|I\b|[A-Z]{2})", rest) else rest[:1].lower() + rest[1:]
            return f"{end[1][:1].upper()}{end[1][1:]}, {first}{text[len(body) :]}"
    if (front := re.match(r"((?:On|In|At|During|After|Before|Since) (?:[\w’']+ ?){1,3}), ", body)) is not None:
        rest = body[front.end() :]
        return f"{rest[:1].upper()}{rest[1:]} {front[1][:1].lower()}{front[1][1:]}{text[len(body) :]}"
    return None


def without_aside(text: str, random: Generator) -> str | None:  # noqa: ARG001
    """Without what stands between two commas or in brackets, where that is short."""
    if (place := re.search(r", (?:who|which|a|the) [^,.;]{4,60},|,? \([^()]{3,60}\)", text)) is not None:
        return text[: place.start()] + text[place.end() :]
    return None


_synonym = swap_words(_both_ways(SYNONYMS))
_contraction = swap_words(_both_ways(CONTRACTIONS))
KEEPING: tuple[Edit, ...] = (
    _synonym, _synonym, _synonym, _contraction, spelled_number, spelled_number, moved_phrase, without_aside, assured,
)  # fmt: skip


def kept(text: str, random: Generator, most: int = 3) -> str:
    """The same claim with up to ``most`` small changes to its wording."""
    for _ in range(int(random.integers(1, most + 1))):
        edit = KEEPING[int(random.integers(len(KEEPING)))]
        text = edit(text, random) or text
    return text


def changing(names: Sequence[str], words: Sequence[str]) -> list[tuple[str, Edit, frozenset[int]]]:
    """The edits that make another claim: their names and which relations the new text may have to the old one.

    ``names`` and ``words`` are what they put in the place of names and of plain words.
    """
    return [
        ("number", other_number, CONTRADICTS),
        ("count", other_count, CONTRADICTS),
        ("month", other_month, NOT_SAME),
        ("day", other_day, NOT_SAME),
        ("denied", denied, CONTRADICTS),
        ("antonym", swap_words(_both_ways(ANTONYMS)), CONTRADICTS),
        ("modality", swap_words(_one_way(MODALITY)), DIFFERENT),
        ("tense", swap_words(_one_way(TENSE)), DIFFERENT),
        ("scope", swap_words(_one_way(SCOPE)), NOT_SAME),
        ("roles", swapped_names, NOT_SAME),
        ("name", other_name(names), NOT_SAME),
        ("word", other_word(words), NOT_SAME),
        ("preposition", swap_words(_one_way(PREPOSITIONS)), NOT_SAME),
    ]

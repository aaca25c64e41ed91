"""Which sentences can bear a claim: declaratives that could be true or false.

No question, order, wish, greeting or thanks, nothing that only leads the conversation, and no fragment. The rules are
for English and prefer to let a claim go rather than to take something else for one; of other languages only questions,
greetings and what is too short is known.
"""

from __future__ import annotations

import re
from typing import Final


def _any(words: str) -> str:
    """An alternative of the words of a running text."""
    return f"(?:{'|'.join(words.split())})"


_FEWEST_WORDS: Final = 3
_FEWEST_FOREIGN: Final = 5
_MOST_COURTESY: Final = 6
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EDGES: Final = " \t\r\n\xa0“”„«»\"'‘’*_>—–-…"
_ASIDE: Final = re.compile(r"[(\[][^()\[\]]*[)\]]\W*")

# What a sentence may begin with before it begins: "So, ", "Well, ", "And ", "Yes, ".
_OPENER: Final = re.compile(
    r"(?:(?:(?:and|but|so|or|well|now|oh|ok|okay|yes|no|yeah|nope|actually|also|again|then|still|just|anyway)\b[,:]?"
    r"|(?:look|hey|listen|see|remember|note|mind\s+you),)\s+)+",
    re.IGNORECASE,
)
# "Recall that it was late" says that it was late.
_ASSERTS: Final = re.compile(
    r"(?:please\s+)?(?:recall|remember|note|notice|observe|consider|mind|keep\s+in\s+mind|bear\s+in\s+mind|don['’]t\s+forget"
    r"|let['’]?s?\s+(?:us\s+)?(?:not\s+forget|remember|be\s+clear|be\s+honest))(?:\s+(?:also|too|well))?,?\s+that\s+",
    re.IGNORECASE,
)
_SOCIAL: Final = re.compile(
    r"(?:many\s+)?thank(?:s|\s+you)\b|hello\b|hi\b|hey\b|good\s+(?:morning|afternoon|evening|night|day|luck|job|work|point"
    r"|one|question)\b|welcome\b|dear\b|congrat|happy\s+(?:new|birthday|easter|holidays?|christmas|thanksgiving)\b|merry\b"
    r"|sorry\b|cheers\b|best\s+(?:wishes|regards)\b|kind\s+regards\b|greetings\b|bravo\b|kudos\b|well\s+(?:said|done)\b"
    r"|(?:great|nice|excellent|wonderful|interesting|fantastic|awesome|amazing)\s+(?:article|post|piece|job|work|read"
    r"|points?|stuff|comment|write-?up|interview|try)\b|looking\s+forward\b|farewell\b|good\s?bye\b|rest\s+in\s+peace\b"
    r"|you(?:['’]re|\s+are)\s+(?:(?:most|very|so|always)\s+)?welcome\b|I\s+know\W+(?:\w+\W*)?$|lol\b|(?:ha){2,}\b"
    r"|excuse\s+me\b|pardon\b|(?:ladies\s+and\s+gentlemen|colleagues|friends)\s*[,.!]",
    re.IGNORECASE,
)
_WISH: Final = re.compile(
    r"(?:I|we)\s+(?:(?:really|do|only|sincerely|just|can\s+only)\s+)*(?:hope|wish|pray)\b|hopefully\b|if\s+only\b"
    r"|may\s+(?:he|she|they|it|god|you|we|the|this|all)\b|god\s+(?:help|bless|save|forbid)\b|long\s+live\b|fingers\s+crossed\b"
    r"|(?:I|we)(?:\s+(?:would|do)|['’]d)\s+(?:(?:really|just|also)\s+)*(?:like|love|want|appreciate|be\s+grateful)\b"
    r"|(?:I|we)\s+(?:want|wanted|ask|beg|invite|urge|encourage|thank)\s+(?:to\s+(?:thank|ask|say|know|hear|begin|start)|you|all"
    r"|everyone|everybody)\b",
    re.IGNORECASE,
)
_CONDUCT: Final = re.compile(
    r"(?:next|last|first|one\s+more|final)\s+question\b|go\s+ahead\b|over\s+to\b|up\s+next\b|to\s+be\s+continued\b"
    r"|(?:my|the)\s+(?:(?:next|first|last|real|key|big|only)\s+)?question(?:,[^,]{1,20},)?\s+(?:is|was)\b"
    r"|with\s+all\s+due\s+respect\b|photo(?:graph)?s?\s+(?:by|credit)\b"
    r"|print\s+friendly\b|read\s+more\b|let\s+me\b|let['’]s\b|let\s+us\b|what\s+an?\b(?!.*\b(?:is|are|was|were)\b)"
    r"|how\s+(?:very|nice|kind|sad|funny|ironic|true|interesting|wonderful|lovely|sweet|awful)\b|which\b|whom\b|whose\b",
    re.IGNORECASE,
)
_PLEASE: Final = re.compile(r"(?:^|[,.;:]\s*)please\b|\bplease[.!]*$", re.IGNORECASE)
_AUXILIARY: Final = (
    r"(?:am|is|are|was|were|do|does|did|have|has|had|can|could|may|might|must|shall|should|will|would|isn['’]t|aren['’]t"
    r"|wasn['’]t|weren['’]t|don['’]t|doesn['’]t|didn['’]t|haven['’]t|hasn['’]t|can['’]t|couldn['’]t|won['’]t|wouldn['’]t"
    r"|shouldn['’]t)"
)
_SUBJECT: Final = (
    r"(?:I|you|we|they|he|she|it|the|this|that|these|those|there|a|an|any|anybody|anyone|everybody|everyone|nobody|no"
    r"|somebody|someone|people|my|your|our|their|his|her|its|not)"
)
_INVERTED: Final = re.compile(
    rf"(?:(?:why|how(?:\s+\w+){{0,2}}|where|when|who|whom|what(?:\s+\w+)?|which\s+\w+)\s+)?{_AUXILIARY}\s+{_SUBJECT}\b"
    r"|(?:why|how)\s+(?:to|not|on\s+earth|about|come)\b",
    re.IGNORECASE,
)
_ORDERS: Final = _any(
    """
    add allow apply ask avoid bake be believe bet bring buy call calm care carry catch change check choose click come
    compare consider contact cook count cover cut dig do donate download draw drink drop eat enjoy enter excuse explain
    expect feel figure fill find fix follow forget forgive fry get give go google grab guess hang have hear heat help
    hit hold imagine join keep kill learn leave let listen look make mark meet melt mind mix move note open order pass
    pay pick place pour prepare press proceed prove pull push put quit read recall reduce register remember remove
    repeat reply report return run save say scroll search see sell send serve share show shut sign sit skip speak spend
    spread stand stay step stir stop subscribe suppose take talk tell think throw try turn understand use visit vote
    wait wake walk want wash watch wear work worry write
    """
)
_ORDER: Final = re.compile(
    rf"(?:(?:do\s+not|don['’]t|never|always|better|kindly)\s+[a-z]+\b|{_ORDERS}\b)"
    r"(?!\s+(?:is|are|was|were|has|had|will|would|can|could|may|might|must|should|did|does)\b|[-’'])",
    re.IGNORECASE,
)

# Auxiliaries, the past of irregular verbs, and what is seldom anything but a finite verb.
_VERBS: Final = _any(
    """
    am is are was were has have had does do did can could may might must shall should will would cannot ate became
    began blew bought broke brought built came caught chose cost drew drove fell felt fled flew fought found gave
    got grew heard held hid hurt kept knew laid lay led left lent lied lost made meant met paid ran rang rode rose
    said sang sank sat saw sent shook shot slept sold sought spent spoke stole stood struck swore taught thought
    threw told took understood went woke won wore wrote died adds agrees allows appears applies argues asks becomes
    begins believes belongs brings burns buys comes confirms consists contains continues covers creates decides
    denies depends deserves does exists expects explains fails falls feels fits flies follows freezes gets gives
    goes grows happens hates hears helps holds includes increases intends keeps kills knows lacks lasts leads learns
    leaves likes lives looks loses loves makes matters means meets occurs owns pays produces proves provides puts
    reaches reads refers refuses rejects remains represents requires rises says seeks seems sees sells sends serves
    sits speaks spends stands starts stays suffers suggests takes tells tends thinks tries wants wins writes
    """
)
_CLEAR: Final = re.compile(
    rf"\b(?:{_VERBS}|\w+n['’]t|\w+['’](?:re|ve|ll|d|m)"
    r"|(?:it|he|she|that|there|here|who|what|nobody|everybody|everyone|this)['’]s)\b",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(
    r"\b(?i:I|we|you|they|he|she|it|who|nobody|everybody|everyone|people)\s+(?:\w+ly\s+|never\s+)?"
    r"(?!(?:in|on|at|of|for|from|to|with|and|or|but|who|that|else|as|by|like|than|about|not|over|under|too)\b)[a-z]{2,}"
)
_PAST: Final = re.compile(r"\b(?P<before>[\w’'-]+)\s+(?:\w+ly\s+)?[a-z]{2,}ed\b")
_NO_SUBJECT: Final = re.compile(
    r"(?:a|an|the|of|and|or|to|by|with|for|in|on|at|from|as|very|so|more|most|less|well|be|been|being|not|its|his|her|their"
    r"|our|my|your|this|that|these|those|newly|than)",
    re.IGNORECASE,
)
_PRESENT: Final = re.compile(
    r"^(?:(?:the|a|an|this|that|his|her|its|their|our|my)\s+)?(?:[\w’'-]+\s+){1,3}?[a-z]{2,}[^s\W]s\s+"
    r"(?:the|a|an|to|his|her|its|their|that|only|less|more|twice|at|into|about|no|nothing|us|him|them|me|it)\b",
    re.IGNORECASE,
)
_HEDGES: Final = re.compile(
    r"\b(?:may|might|allegedly|reportedly|possibly|perhaps|probably|apparently|likely|presumably)\b"
)
_BROKEN_OFF: Final = re.compile(
    r"(?:because|although|though|unless|whereas|as\s+if|as\s+though|than|like|such\s+as)\b[^,]*$", re.I
)
_FOREIGN: Final = re.compile(
    r"(?:danke|vielen\s+dank|hallo|guten\s+(?:tag|morgen|abend)|lieber?|bitte|willkommen|herzlich|merci|bonjour|gracias|hola"
    r"|grazie|ciao|obrigad[oa]|спасибо|здравствуйте|добрый)\b",
    re.IGNORECASE,
)


def is_hedged(words: str) -> bool:
    """Whether a statement says of itself that it is not certain."""
    return _HEDGES.search(words) is not None


def is_courtesy(words: str) -> bool:
    """Whether words are greetings, thanks and the like, and nothing besides: "Thanks, everybody. Thank you."."""
    parts = [part.strip(_EDGES) for part in re.split(r"[.!?]+", words)]
    told = [part for part in parts if part]
    return bool(told) and all(len(_WORD.findall(part)) <= _MOST_COURTESY and _SOCIAL.match(part) for part in told)


def bears_claim(words: str, language: str | None = "en") -> bool:
    """Whether a sentence can bear a claim.

    Args:
        words: one sentence, with whatever quotation marks and white space stand around it.
        language: ISO 639-1 code of the language that it is written in; ``None`` counts as English.
    """
    bare = words.strip(_EDGES)
    if _ASIDE.fullmatch(words.strip()) or bare.rstrip('!)]” "’').endswith(("?", "？", ":", "：")):
        return False
    count = len(_WORD.findall(bare))
    if language not in (None, "en"):
        return count >= _FEWEST_FOREIGN and _FOREIGN.match(bare) is None
    if count < _FEWEST_WORDS or _SOCIAL.match(bare):
        return False
    opener = _OPENER.match(bare)
    said = bare[opener.end() :] if opener is not None else bare
    asserts = _ASSERTS.match(said)
    if asserts is not None:
        said = said[asserts.end() :]
    if any(pattern.match(said) for pattern in (_SOCIAL, _WISH, _CONDUCT, _INVERTED, _ORDER, _BROKEN_OFF)):
        return False
    return _PLEASE.search(said) is None and _has_finite_verb(said)


def _has_finite_verb(words: str) -> bool:
    if _CLEAR.search(words) or _PERSON.search(words) or _PRESENT.match(words):
        return True
    return any(_NO_SUBJECT.fullmatch(match["before"]) is None for match in _PAST.finditer(words))

"""Reads annotated corpora into plain data: attributions (brat), names (CoNLL), sentences (CoNLL-U).

Offsets are code points. Readers raise ``GoldError`` with the file and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import OnRecordError
from ingest.evaluate.mentions import named_mentions

Fragment = tuple[int, int]
Fragments = tuple[Fragment, ...]


class GoldError(OnRecordError):
    """An annotated file that is missing or not in the format expected."""


@dataclass(frozen=True, slots=True)
class Triple:
    """One attribution; each role is its fragments in order, empty where the text has none."""

    source: Fragments
    cue: Fragments
    content: Fragments


@dataclass(frozen=True, slots=True)
class Article:
    """A text and the attributions that people marked in it."""

    name: str
    text: str
    attributions: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the names that people marked in it.

    ``spans`` are ``(start, end, label)`` with the corpus's own labels. ``words`` are the tokens' offsets where the
    corpus comes in tokens.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    words: Fragments = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word with its part of speech and its relation to its head."""

    start: int
    end: int
    upos: str
    deprel: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The sentences of a paragraph, joined as the corpus says; ``starts`` are the sentences' offsets.

    ``names`` are ``(start, end, kind)`` with the treebank's own kinds (``mentions.py``); ``None`` where it marks none.
    """

    text: str
    starts: tuple[int, ...]
    words: tuple[Word, ...] = ()
    names: tuple[tuple[int, int, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Treebank:
    """A document of a treebank."""

    name: str
    paragraphs: tuple[Paragraph, ...] = field(default=())


def read_text(path: Path) -> str:
    """The file's text, line ends and byte-order mark as they stand. Raises ``GoldError`` where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise GoldError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8: byte {error.start} is {error.object[error.start]:#04x}") from error


# --- attributions ----------------------------------------------------------------------------------------------

_ENTITY = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"E\d+\t(.*)")
_ARGUMENT = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


def read_brat(annotations: str, text: str) -> tuple[Triple, ...]:
    """The attributions of a brat file, in its order; events whose roles are all empty are left out.

    Several spans of one role in one event are one discontinuous span. Lines that are neither spans nor events (notes,
    and text of spans that run over a line's end) are skipped.
    """
    spans: dict[str, Fragments] = {}
    events: list[str] = []
    for line in annotations.split("\n"):
        if match := _ENTITY.match(line):
            pieces = (tuple(map(int, piece.split())) for piece in match[3].split(";"))
            spans[match[1]] = tuple((start, end) for start, end in pieces if start < end <= len(text))
        elif match := _EVENT.match(line):
            events.append(match[1])
    triples: list[Triple] = []
    for event in events:
        roles: dict[str, set[Fragment]] = {"Source": set(), "Cue": set(), "Content": set()}
        for role, span in _ARGUMENT.findall(event):
            roles[role].update(spans.get(span, ()))
        if any(roles.values()):
            source, cue, content = (tuple(sorted(roles[role])) for role in ("Source", "Cue", "Content"))
            triples.append(Triple(source, cue, content))
    return tuple(triples)


def read_polnear(folder: Path) -> list[Article]:
    """Every ``.txt`` of the folder with the ``.ann`` beside it, sorted by name."""
    articles = []
    for path in sorted(folder.glob("*.txt")):
        annotated = path.with_suffix(".ann")
        if not annotated.exists():
            raise GoldError(f"{annotated}: missing; each .txt of PolNeAR needs its .ann beside it")
        text = read_text(path)
        articles.append(Article(path.stem, text, read_brat(read_text(annotated), text)))
    if not articles:
        what = "no .txt files" if folder.is_dir() else "no such folder"
        raise GoldError(f"{folder}: {what}; name the folder that holds the articles, each a .txt with its .ann")
    return articles


# --- names -----------------------------------------------------------------------------------------------------

_NO_SPACE_BEFORE = re.compile(r"""[,.;:!?%)\]}…”’]+$|'(?:s|re|ve|ll|d|m|t)$|n't$|''$""", re.IGNORECASE)
_NO_SPACE_AFTER = frozenset("([{$£€“‘#@")


def join_words(words: Iterable[str], *, natural: bool) -> tuple[str, Fragments]:
    """The tokens as one text, and where each stands: with a space between all, or with spacing as people write."""
    text = ""
    offsets: list[Fragment] = []
    quoted = False
    glue = True
    for word in words:
        closes = word == '"' and quoted
        if not (glue or (natural and (closes or _NO_SPACE_BEFORE.match(word)))):
            text += " "
        offsets.append((len(text), len(text) + len(word)))
        text += word
        opens = word == '"' and not quoted
        if word == '"':
            quoted = not quoted
        glue = natural and (opens or word in _NO_SPACE_AFTER)
    return text, tuple(offsets)


def read_conll(path: Path, *, column: int = -1, word: int = 0, natural: bool = False) -> list[Labelled]:
    """Sentences of a file with one token a line and a blank line after each sentence.

    ``column`` and ``word`` count the columns of the tag (IOB or IOB2) and the token. A comment ``# text = ...`` gives
    the sentence as it was written; without one the tokens are joined (``join_words``). Lines without a tag are skipped.
    """
    sentences = []
    for rows, given in _blocks(path):
        try:
            words = [row[word] for row in rows]
            tags = [row[column] for row in rows]
        except IndexError as error:
            raise GoldError(f"{path}: a line with too few columns near {' '.join(rows[0])[:60]!r}") from error
        text, offsets = (given, _find(words, given)) if given else (None, None)
        if text is None or offsets is None:
            text, offsets = join_words(words, natural=natural)
        sentences.append(Labelled(text, tuple(_spans(tags, offsets)), offsets))
    if not sentences:
        raise GoldError(f"{path}: no sentences; expected one token a line with its tag")
    return sentences


def _blocks(path: Path) -> Iterator[tuple[list[list[str]], str | None]]:
    rows: list[list[str]] = []
    given: str | None = None
    for line in [*_lines(path), ""]:
        if line.startswith("# text = "):
            given = line.removeprefix("# text = ")
        elif not line.strip():
            if rows:
                yield rows, given
            rows, given = [], None
        else:
            row = line.split("\t") if "\t" in line else line.split(" ")
            if len(row) > 1 and row[0] and not (line.startswith("# ") and " = " in line):
                rows.append(row)


def _lines(path: Path) -> list[str]:
    return read_text(path).replace("\r\n", "\n").split("\n")


def _find(words: list[str], text: str) -> Fragments | None:
    offsets: list[Fragment] = []
    at = 0
    for word in words:
        at = text.find(word, at)
        if at < 0:
            return None
        offsets.append((at, at + len(word)))
        at += len(word)
    return tuple(offsets)


def _spans(tags: list[str], offsets: Fragments) -> Iterator[tuple[int, int, str]]:
    open_label: str | None = None
    start = end = 0
    for tag, (low, high) in zip([*tags, "O"], [*offsets, (0, 0)], strict=True):
        prefix, _, label = tag.partition("-")
        if prefix not in {"B", "I"}:
            prefix, label = "O", ""
        if open_label is not None and (prefix != "I" or label != open_label):
            yield start, end, open_label
            open_label = None
        if prefix != "O":
            if open_label is None:
                start, open_label = low, label
            end = high


# --- sentences -------------------------------------------------------------------------------------------------


def read_conllu(path: Path) -> list[Treebank]:
    """The documents of a CoNLL-U file with their paragraphs; without ``# newpar`` a document is one paragraph."""
    return [_treebank(name, paragraphs) for name, paragraphs in read_trees(path)]


def read_trees(path: Path) -> list[tuple[str, list[list[Sentence]]]]:
    """The documents of a CoNLL-U file by name, as paragraphs of sentences with all their columns."""
    documents: list[tuple[str, list[list[Sentence]]]] = []
    name = path.stem
    paragraphs: list[list[Sentence]] = []
    for comments, rows in _sentences(path):
        if "newdoc" in comments:
            if paragraphs:
                documents.append((name, paragraphs))
            name, paragraphs = comments["newdoc"], []
        if "newpar" in comments or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(Sentence(comments.get("text", ""), rows))
    if paragraphs:
        documents.append((name, paragraphs))
    if not documents:
        raise GoldError(f"{path}: no sentences; expected a CoNLL-U file")
    return documents


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a treebank: its text, and its rows of ten columns."""

    text: str
    rows: list[list[str]]

    @property
    def words(self) -> list[list[str]]:
        """The rows of syntactic words, without ranges and empty nodes."""
        return [row for row in self.rows if row[0].isdigit()]

    def offsets(self) -> dict[int, Fragment]:
        """Where in ``text`` each of ``words`` stands, by its number.

        A word of a contraction whose letters differ stands nowhere.
        """
        at = 0
        offsets: dict[int, Fragment] = {}
        for number, row in enumerate(self.words):
            found = self.text.find(row[1], at)
            if 0 <= found <= at + 20:
                at = found + len(row[1])
                offsets[number] = (found, at)
        return offsets

    @property
    def glued(self) -> bool:
        """Whether the next sentence follows without a space."""
        surface = [row for row in self.rows if "." not in row[0]]
        inside = {int(row[0].split("-")[1]) for row in surface if "-" in row[0]}
        last = surface[-1]
        if int(last[0].split("-")[-1]) in inside:
            last = [row for row in surface if "-" in row[0]][-1]
        return "SpaceAfter=No" in last[9].split("|")


def _sentences(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in [*_lines(path), ""]:
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            key = key.strip().split(" ")[0]
            comments.setdefault(key, value.strip())
        elif line.strip():
            row = line.split("\t")
            if len(row) != 10:
                raise GoldError(f"{path}: a line with {len(row)} columns instead of CoNLL-U's 10: {line[:60]!r}")
            rows.append(row)
        elif rows:
            yield comments, rows
            comments, rows = {}, []


def _treebank(name: str, paragraphs: list[list[Sentence]]) -> Treebank:
    marked = any("Entity=" in row[9] for sentences in paragraphs for sentence in sentences for row in sentence.rows)
    return Treebank(name, tuple(_paragraph(sentences, marked=marked) for sentences in paragraphs))


def _paragraph(sentences: list[Sentence], *, marked: bool) -> Paragraph:
    text = ""
    starts: list[int] = []
    words: list[Word] = []
    names: list[tuple[int, int, str]] = []
    for index, sentence in enumerate(sentences):
        base = len(text)
        starts.append(base)
        rows = sentence.words
        offsets = {number: (base + start, base + end) for number, (start, end) in sentence.offsets().items()}
        words.extend(Word(*place, rows[at][3], rows[at][7].partition(":")[0]) for at, place in offsets.items())
        if marked:
            names.extend(
                (offsets[one.start][0], offsets[one.end - 1][1], one.kind)
                for one in named_mentions(rows)
                if one.start in offsets and one.end - 1 in offsets
            )
        text += sentence.text
        if index + 1 < len(sentences) and not sentence.glued:
            text += " "
    return Paragraph(text, tuple(starts), tuple(words), tuple(names) if marked else None)

"""The queries that people run in Neo4j Browser, each in a file below ``cypher/browser``.

Browser lays down how such a file must look: the first line, a comment, is the name under which it lists the query. ::

    // Disputed claims with both sides
    // In the middle the claim; on one side who asserts it, on the other who disputes it.
    // :param limit => 8
    MATCH (c:Claim) ...

The comment lines after the first say what it shows. ``:param`` lines in the comments give each parameter's default, as
a Cypher expression: Browser runs a file with a command in it as a script, and of a script it shows no pictures, so
the defaults are set by one command of their own (``parameters``). A line that begins with ``Scans`` gives the reason
why a query may read every node of the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from cypher.loader import SAVED, SUFFIX, StatementFileError

_PARAM = re.compile(r"^:param (?P<name>[A-Za-z_]\w*) => (?P<value>\S.*)$")
_USED = re.compile(r"\$(?P<name>[A-Za-z_]\w*)")
_STRING = re.compile(r"'(?:\\.|[^'\\])*'")
_WRITES = re.compile(r"(?<![\w.:$])(?:CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH|LOAD\s+CSV)(?![\w:])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One query of the kit.

    ``name`` is that of its file, ``title`` what Browser lists it under, ``about`` what it shows. ``parameters`` holds
    the Cypher expression of each default. ``text`` is the whole file, ``statement`` the query alone; ``scans`` says why
    it may look at every node of the graph, and is empty where it must not.
    """

    name: str
    title: str
    about: str
    parameters: Mapping[str, str]
    scans: str
    statement: str
    text: str

    @property
    def draws(self) -> bool:
        """Whether it answers with nodes and relationships, of which Browser draws a picture, and not with a table."""
        return " AS " not in self.statement.rpartition("RETURN")[2]


@cache
def saved_queries() -> tuple[SavedQuery, ...]:
    """All of them, in the order of their files.

    Raises:
        StatementFileError: names the file that is not as it must be, and why.
    """
    folder = resources.files("cypher") / SAVED
    files = sorted((file for file in folder.iterdir() if file.name.endswith(SUFFIX)), key=lambda file: file.name)
    queries = tuple(parse(file.name.removesuffix(SUFFIX), file.read_text(encoding="utf-8")) for file in files)
    _agree(queries)
    return queries


def parameters(queries: Iterable[SavedQuery]) -> str:
    """The one command that gives all parameters of ``queries`` their defaults in Neo4j Browser."""
    defaults = {name: value for query in queries for name, value in query.parameters.items()}
    return f":params {{{', '.join(f'{name}: {value}' for name, value in sorted(defaults.items()))}}}"


def parse(name: str, text: str) -> SavedQuery:
    """The query in the text of one file.

    Raises:
        StatementFileError: no title, nothing on what it shows, no statement or more than one, one that writes, or
            parameters that have no default or are not used.
    """
    path = f"{SAVED}/{name}{SUFFIX}"
    lines = text.splitlines()
    end = next((at for at, line in enumerate(lines) if not line.startswith("//")), len(lines))
    comments = [line.removeprefix("//").strip() for line in lines[:end]]
    statement = "\n".join(lines[end:]).strip()
    if not comments or not comments[0]:
        raise StatementFileError(path, "its first line must be a comment: the title")
    defaults, told = _told(comments[1:])
    about = [line for line in told if not line.startswith("Scans ")]
    if not about:
        raise StatementFileError(path, "a comment after the title must say what it shows")
    if not statement:
        raise StatementFileError(path, "there is a title but no statement")
    code = _STRING.sub("''", statement)
    if ";" in code:
        raise StatementFileError(path, "a file holds one statement, without a semicolon")
    if writes := _WRITES.search(code):
        raise StatementFileError(path, f"a saved query only reads, and this one holds {writes[0].upper()}")
    used = {match["name"] for match in _USED.finditer(code)}
    if wrong := sorted(used ^ set(defaults)):
        raise StatementFileError(path, f"uses without a default, or has a default and never uses: {', '.join(wrong)}")
    scans = " ".join(line for line in told if line.startswith("Scans "))
    return SavedQuery(name, comments[0], " ".join(about), MappingProxyType(defaults), scans, statement, text)


def _told(comments: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The defaults, and the lines that are for people."""
    defaults: dict[str, str] = {}
    told: list[str] = []
    for line in comments:
        if match := _PARAM.match(line):
            defaults[match["name"]] = match["value"]
        elif line:
            told.append(line)
    return defaults, told


def _agree(queries: Iterable[SavedQuery]) -> None:
    """One command sets the defaults of all, so no two may want the same parameter otherwise, or the same title."""
    titles: dict[str, str] = {}
    defaults: dict[str, tuple[str, str]] = {}
    for query in queries:
        path = f"{SAVED}/{query.name}{SUFFIX}"
        if query.title in titles:
            raise StatementFileError(path, f"its title is taken by {titles[query.title]}")
        titles[query.title] = path
        for name, value in query.parameters.items():
            other, held = defaults.setdefault(name, (path, value))
            if held != value:
                raise StatementFileError(path, f"${name} is {value} here and {held} in {other}")

"""Reads ``.cypher`` files and refuses those whose header and text do not agree.

A file holds one statement under a header of comment lines::

    // name: read/claims_list
    // answers: Claims, the last seen first, one page of them.
    // parameters:
    //   limit: integer, how many at most
    //   before: datetime?, null for the first page
    // mode: read
    // scans: none
    MATCH (c:Claim) ...

``name`` is the path below ``cypher/`` without the suffix. ``answers`` may go on over further, indented lines. A
parameter's type is one of ``string``, ``integer``, ``float``, ``boolean``, ``datetime``, ``map``, ``any``, or
``list<...>`` of one of them, with ``?`` after it where null is allowed; what follows a comma says what it means. With
no parameters the line reads ``// parameters: none``. ``mode`` is ``read`` or ``write``. ``scans`` says what its plan
may hold, and a test compares it with the plan of a real server: ``none`` (every starting point is found through an
index), or the operators of full scans that are meant, with the reason: ``AllNodesScan, only one row is read``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Literal, cast

Mode = Literal["read", "write"]

SUFFIX = ".cypher"
SAVED = "browser"
"""The folder of the queries that people run in Neo4j Browser: ``cypher.saved`` reads those, since Browser lays down how
they must look."""
FIELDS = ("name", "answers", "parameters", "mode", "scans")
SCAN_OPERATORS = frozenset(
    {
        "AllNodesScan",
        "AllRelationshipsScan",
        "NodeByLabelScan",
        "NodeIndexScan",
        "RelationshipTypeScan",
        "CartesianProduct",
    }
)
"""What counts as a full scan in a plan, as ends of operators' names; a header's ``scans`` may allow these."""

_SCALARS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "float": (float, int),
    "boolean": (bool,),
    "datetime": (datetime,),
    "map": (dict,),
    "any": (object,),
}
_TYPE = re.compile(r"^(?:list<(?P<item>[a-z]+)>|(?P<scalar>[a-z]+))(?P<nullable>\?)?$")
_FIELD = re.compile(r"^//\s?(?P<key>[a-z]+):\s*(?P<value>.*)$")
_CONTINUED = re.compile(r"^//\s{2,}(?P<value>\S.*)$")
_PARAMETER = re.compile(r"^(?P<name>[A-Za-z_]\w*):\s*(?P<type>[a-z<>]+\??)(?:,\s*(?P<meaning>.+))?$")
_WRITES = re.compile(
    r"(?<![\w.:$])(?:CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH|LOAD\s+CSV|IN\s+TRANSACTIONS)(?![\w:])", re.IGNORECASE
)
_USED = re.compile(r"\$(?:`(?P<quoted>[^`]+)`|(?P<plain>[A-Za-z_]\w*))")
# Comments and quoted strings hold no code; backticked names stay, since a parameter may be written $`so`.
_NOT_CODE = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | (?<!\$)`[^`]*`""", re.VERBOSE | re.DOTALL
)


class StatementFileError(Exception):
    """A ``.cypher`` file that is not as it must be. A mistake of whoever wrote the file, never of a user."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class ParameterError(TypeError):
    """Parameters that do not fit what a statement declares. A mistake of the caller."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a statement says about one of its parameters.

    ``type_name`` as written; ``item`` is the type of a list's items, ``None`` where it is no list.
    """

    name: str
    type_name: str
    meaning: str
    nullable: bool
    classes: tuple[type, ...]
    item: str | None

    def problem(self, value: object) -> str | None:
        """Why ``value`` cannot be passed, or ``None`` where it can. Items of maps are not looked into."""
        if value is None:
            return None if self.nullable else f"${self.name} must not be null"
        if self.item is None:
            return None if _is(value, self.classes) else self._wrong(value)
        if not isinstance(value, list | tuple):
            return self._wrong(value)
        for item in value:
            if not _is(item, self.classes):
                return f"${self.name} must be {self.type_name}, and one of its items is {type(item).__name__}"
        return None

    def _wrong(self, value: object) -> str:
        return f"${self.name} must be {self.type_name}, not {type(value).__name__}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One Cypher statement, and what its header says of it.

    ``parameters`` gives the type of each parameter as it is written in the header; ``scans`` the operators of full
    scans that its plan may hold.
    """

    name: str
    answers: str
    parameters: Mapping[str, str]
    mode: Mode
    text: str
    scans: frozenset[str]
    declared: tuple[Parameter, ...]

    def check(self, params: Mapping[str, object]) -> None:
        """Refuses parameters that do not fit the header, before a server is asked.

        Raises:
            ParameterError: one is missing, not declared, null where null is not allowed, or of another type.
        """
        problems = [f"${name} is missing" for name in self.parameters if name not in params]
        problems += [f"${name} is not declared" for name in params if name not in self.parameters]
        for parameter in self.declared:
            if parameter.name in params and (problem := parameter.problem(params[parameter.name])):
                problems.append(problem)
        if problems:
            raise ParameterError(f"{self.name}: {'; '.join(problems)}")


def load(root: Traversable) -> Mapping[str, Statement]:
    """Every statement in the ``.cypher`` files below ``root``, by name and in the order of names.

    Raises:
        StatementFileError: names the first file at fault, and why.
    """
    statements: dict[str, Statement] = {}
    places: dict[str, str] = {}
    for path, file in sorted(_files(root, "")):
        statement = parse(path, file.read_text(encoding="utf-8"))
        if statement.name in places:
            raise StatementFileError(path, f"the name {statement.name!r} is taken by {places[statement.name]}")
        places[statement.name] = path
        statements[statement.name] = statement
    for name, path in places.items():
        if f"{name}{SUFFIX}" != path:
            raise StatementFileError(path, f"its header says name: {name}; it must say {path.removesuffix(SUFFIX)}")
    return MappingProxyType(dict(sorted(statements.items())))


def parse(path: str, source: str) -> Statement:
    """The statement in the text of one file.

    Args:
        path: of the file below the root, with forward slashes; for messages.
        source: the whole text of the file.

    Raises:
        StatementFileError: no header, a field missing or malformed, no statement or more than one, a parameter used but
            not declared or declared but not used, or a statement that writes under ``mode: read``.
    """
    header, text = _split(source)
    fields = _fields(path, header)
    code = _NOT_CODE.sub(" ", text)
    if not code.strip():
        raise StatementFileError(path, "there is a header but no statement")
    if ";" in code:
        raise StatementFileError(path, "a file holds one statement, without a semicolon")

    declared = tuple(_parameters(path, fields["parameters"]))
    names = [parameter.name for parameter in declared]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise StatementFileError(path, f"declares ${twice[0]} twice")
    used = {match["quoted"] or match["plain"] for match in _USED.finditer(code)}
    if missing := sorted(used - set(names)):
        raise StatementFileError(path, f"uses {_dollars(missing)} without declaring it")
    if unused := sorted(set(names) - used):
        raise StatementFileError(path, f"declares {_dollars(unused)} and never uses it")

    mode = " ".join(fields["mode"])
    if mode not in ("read", "write"):
        raise StatementFileError(path, f"mode must be read or write, not {mode!r}")
    writes = _WRITES.search(code)
    if mode == "read" and writes:
        raise StatementFileError(path, f"mode: read, but it holds {writes[0].upper()}")
    if mode == "write" and not writes:
        raise StatementFileError(path, "mode: write, but it writes nothing")

    return Statement(
        name=" ".join(fields["name"]),
        answers=" ".join(fields["answers"]),
        parameters=MappingProxyType({parameter.name: parameter.type_name for parameter in declared}),
        mode=cast(Mode, mode),
        text=text,
        scans=_scans(path, " ".join(fields["scans"])),
        declared=declared,
    )


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir() and (prefix or entry.name != SAVED):
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif not entry.is_dir() and entry.name.endswith(SUFFIX):
            yield f"{prefix}{entry.name}", entry


def _split(source: str) -> tuple[list[str], str]:
    """The comment lines at the top, and all that follows them."""
    lines = source.splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith("//")), len(lines))
    return lines[:end], "\n".join(lines[end:]).strip()


def _fields(path: str, header: list[str]) -> dict[str, list[str]]:
    """The header's fields, each as its lines; indented lines belong to the field above them."""
    if not header:
        raise StatementFileError(path, f"no header; the first lines must be comments: {', '.join(FIELDS)}")
    fields: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in header:
        if current is not None and (continued := _CONTINUED.match(line)):
            current.append(continued["value"].strip())
        elif (field := _FIELD.match(line)) and field["key"] in FIELDS:
            if field["key"] in fields:
                raise StatementFileError(path, f"its header has {field['key']} twice")
            current = fields[field["key"]] = [field["value"].strip()] if field["value"].strip() else []
        else:
            raise StatementFileError(path, f"not a line of a header: {line!r}")
    for key in FIELDS:
        if not fields.get(key):
            raise StatementFileError(path, f"its header lacks {key}")
    return fields


def _parameters(path: str, lines: list[str]) -> Iterator[Parameter]:
    if lines == ["none"]:
        return
    for line in lines:
        match = _PARAMETER.match(line)
        kind = _TYPE.match(match["type"]) if match else None
        if not match or not kind or (kind["item"] or kind["scalar"]) not in _SCALARS:
            raise StatementFileError(path, f"not a parameter (name: type, meaning): {line!r}")
        yield Parameter(
            name=match["name"],
            type_name=match["type"],
            meaning=match["meaning"] or "",
            nullable=kind["nullable"] is not None,
            classes=_SCALARS[kind["item"] or kind["scalar"]],
            item=kind["item"],
        )


def _scans(path: str, value: str) -> frozenset[str]:
    if value == "none":
        return frozenset()
    allowed = frozenset(word for word in re.findall(r"\w+", value) if word in SCAN_OPERATORS)
    if not allowed:
        known = ", ".join(sorted(SCAN_OPERATORS))
        raise StatementFileError(path, f"scans must be none, or name operators ({known}) and the reason")
    return allowed


def _is(value: Any, classes: tuple[type, ...]) -> bool:
    # bool is an int to Python, and never meant where a number is declared.
    if isinstance(value, bool):
        return bool in classes or object in classes
    return isinstance(value, classes)


def _dollars(names: list[str]) -> str:
    return ", ".join(f"${name}" for name in names)

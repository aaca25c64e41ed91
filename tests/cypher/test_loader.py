"""Every way in which a ``.cypher`` file can be wrong is refused with the file's name."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

import cypher
from cypher import ParameterError, StatementFileError
from cypher.loader import SAVED, load, parse

GOOD = """// name: read/one
// answers: One thing, by its id,
//   and nothing else.
// parameters:
//   id: string, the id
//   since: datetime?
// mode: read
// scans: none
MATCH (n:Claim {id: $id})
WHERE $since IS NULL OR n.lastSeen > $since
RETURN n.text AS text
"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_statement_says_all_of_itself() -> None:
    statement = parse("read/one.cypher", GOOD)
    assert statement.name == "read/one"
    assert statement.answers == "One thing, by its id, and nothing else."
    assert statement.parameters == {"id": "string", "since": "datetime?"}
    assert [parameter.meaning for parameter in statement.declared] == ["the id", ""]
    assert statement.mode == "read"
    assert statement.scans == frozenset()
    assert statement.text.startswith("MATCH (n:Claim {id: $id})")
    assert "//" not in statement.text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("MATCH (n) RETURN n", "no header"),
        ("", "no header"),
        (changed("// mode: read\n", ""), "lacks mode"),
        (changed("// answers: One thing, by its id,\n//   and nothing else.\n", ""), "lacks answers"),
        (changed("// scans: none\n", ""), "lacks scans"),
        (
            changed("// parameters:\n//   id: string, the id\n//   since: datetime?\n", "// parameters:\n"),
            "lacks parameters",
        ),
        (changed("// mode: read", "// mode: read\n// mode: read"), "mode twice"),
        (changed("// mode: read", "// mood: read"), "not a line of a header"),
        (changed("// mode: read", "// mode: both"), "mode must be read or write"),
        (changed("id: string, the id", "id: text, the id"), "not a parameter"),
        (changed("id: string, the id", "id string"), "not a parameter"),
        (changed("id: string, the id", "id: list<text>"), "not a parameter"),
        (changed("id: string, the id", "id: string\n//   id: string"), "declares $id twice"),
        (changed("//   since: datetime?\n", ""), "uses $since without declaring it"),
        (changed("{id: $id}", "{id: $identity}"), "uses $identity without declaring it"),
        (changed("{id: $id}", "{id: $`identity`}"), "uses $identity without declaring it"),
        (changed("{id: $id}", ""), "declares $id and never uses it"),
        (changed("{id: $id}", "{id: 'the $id'}"), "declares $id and never uses it"),
        (changed("RETURN n.text AS text", "RETURN n.text AS text;"), "without a semicolon"),
        (GOOD[: GOOD.index("MATCH")], "no statement"),
        (changed("// mode: read", "// mode: write"), "writes nothing"),
        (changed("// scans: none", "// scans: some"), "scans must be none"),
        *(
            (changed("RETURN n.text AS text", f"{clause}\nRETURN n.text AS text"), "mode: read, but it holds")
            for clause in (
                "SET n.x = 1",
                "set n.x = 1",
                "MERGE (m:M {id: 1})",
                "CREATE (m:M)",
                "DETACH DELETE n",
                "REMOVE n.x",
                "FOREACH (x IN [1] | SET n.x = x)",
            )
        ),
    ],
)
def test_a_wrong_file_is_refused_by_name(source: str, reason: str) -> None:
    with pytest.raises(StatementFileError) as caught:
        parse("read/one.cypher", source)
    assert str(caught.value).startswith("read/one.cypher: ")
    assert reason in str(caught.value)


def test_words_that_look_like_writing_are_read() -> None:
    source = changed(
        "RETURN n.text AS text", "// SET it\nRETURN n.set AS created, 'DELETE' AS word, n:Set AS is, {merge: 1} AS m"
    )
    assert parse("read/one.cypher", source).mode == "read"


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "read").mkdir()
    (tmp_path / "read/one.cypher").write_text(GOOD)
    (tmp_path / "read/two.cypher").write_text(GOOD)
    with pytest.raises(StatementFileError, match=r"^read/two\.cypher: .*taken by read/one\.cypher"):
        load(tmp_path)


def test_a_file_is_named_as_its_header_says(tmp_path: Path) -> None:
    (tmp_path / "one.cypher").write_text(GOOD)
    with pytest.raises(StatementFileError, match=r"^one\.cypher: .*must say one"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"id": "clm-1"}, "$since is missing"),
        ({"since": None}, "$id is missing"),
        ({"id": "clm-1", "since": None, "until": None}, "$until is not declared"),
        ({"id": None, "since": None}, "$id must not be null"),
        ({"id": 1, "since": None}, "$id must be string, not int"),
        ({"id": "clm-1", "since": "yesterday"}, "$since must be datetime?, not str"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(parameters: dict[str, object], problem: str) -> None:
    statement = parse("read/one.cypher", GOOD)
    with pytest.raises(ParameterError) as caught:
        statement.check(parameters)
    assert str(caught.value).startswith("read/one: ")
    assert problem in str(caught.value)


def test_parameters_that_fit_pass() -> None:
    statement = parse("read/one.cypher", GOOD)
    statement.check({"id": "clm-1", "since": None})
    statement.check({"id": "clm-1", "since": datetime.now(UTC)})


@pytest.mark.parametrize(
    ("declared", "good", "bad"),
    [
        ("integer", 1, True),
        ("integer", 0, 1.5),
        ("float", 1, "1"),
        ("float", 0.5, False),
        ("boolean", True, 1),
        ("map", {}, []),
        ("list<string>", ["a"], ["a", 1]),
        ("list<string>", [], "a"),
        ("list<map>", [{}], {}),
        ("list<integer>?", None, [None]),
        ("any", object(), None),
    ],
)
def test_types_are_told_apart(declared: str, good: object, bad: object) -> None:
    source = changed("//   since: datetime?\n", f"//   since: {declared}\n")
    statement = parse("read/one.cypher", source)
    statement.check({"id": "", "since": good})
    with pytest.raises(ParameterError):
        statement.check({"id": "", "since": bad})


def test_every_statement_that_ships_is_loaded_from_the_package() -> None:
    statements = cypher.all_statements()
    files = {path.relative_to(Path(cypher.__file__).parent) for path in Path(cypher.__file__).parent.rglob("*.cypher")}
    files = {path for path in files if path.parts[0] != SAVED}
    assert {f"{name}.cypher" for name in statements} == {path.as_posix() for path in files}
    assert list(statements) == sorted(statements)
    assert resources.files("cypher").joinpath("schema").is_dir()


def test_an_unknown_name_says_which_file_it_would_be() -> None:
    with pytest.raises(KeyError, match=r"cypher/read/nothing\.cypher"):
        cypher.get("read/nothing")

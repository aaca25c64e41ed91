"""Habits of the repository that a reader relies on."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def tracked() -> list[str]:
    return subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")[
        :-1
    ]


def test_constraints_are_plain_names_and_versions() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line


def test_every_dependency_is_pinned_and_ranged() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = list(project["project"]["dependencies"])
    for extra, requirements in project["project"]["optional-dependencies"].items():
        wanted += requirements if extra != "train" else []
    pinned = {
        line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().splitlines()
    }
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert name is not None
        assert name[0].lower() in pinned, f"{requirement} is not in constraints.txt"
        assert ">=" in requirement, f"{requirement} has no lower bound"
        assert "<" in requirement, f"{requirement} has no upper bound"


def test_no_file_names_a_package_index_or_a_path_of_a_machine() -> None:
    forbidden = re.compile(
        rb"https?://[^\s\"'/]*(?:pypi\.|pythonhosted|repo\d*\.maven|sonatype|npmjs|artifactory|nexus)|(?<![\w.])/(?:home|Users)/\w+"
    )
    for name in tracked():
        path = ROOT / name
        if not path.is_file() or name == "tests/test_repository.py":
            continue
        found = forbidden.search(path.read_bytes())
        assert found is None, f"{name}: {found[0]!r}"


def test_each_sample_page_is_in_the_notice() -> None:
    notice = (ROOT / "examples" / "NOTICE").read_text()
    for page in (ROOT / "examples" / "pages").iterdir():
        assert f"pages/{page.name}" in notice

"""The built wheel, installed into an empty environment and run from another folder."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "ingest" / "annotate" / "model"


def run(*command: str | Path, cwd: Path, status: int = 0) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600)
    assert done.returncode == status, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("onrecord-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / "bin"
    run(programs / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel, cwd=folder)
    return programs


def test_wheel_holds_all_that_is_needed_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tracked = subprocess.run(
        ["git", "ls-files", "ingest", "graph", "api", "cypher", "examples"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert set(tracked) <= set(names)
    assert any(name.endswith(".cypher") for name in names)
    assert not [name for name in names if name.startswith("tests") or "__pycache__" in name]


def test_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "onrecord", "--version", cwd=tmp_path).startswith("onrecord ")
    page = "The bridge\n\n“The bridge is safe,” harbour engineer Ilse Tarrant said on Tuesday.\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    (line,) = run(installed / "onrecord", "extract", "page.txt", cwd=tmp_path).splitlines()
    (assertion,) = json.loads(line)["assertions"]
    assert assertion["speaker"]["name"] == "Ilse Tarrant"
    assert "The bridge is safe" in assertion["text"]


@pytest.mark.skipif(not (MODEL / "model.json").exists(), reason="model.json is absent: the language model was not made")
def test_the_language_model_comes_with_the_package_and_is_checked(installed: Path, tmp_path: Path) -> None:
    program = (
        "import ingest.annotate.runtime as r; from ingest.annotate import load;"
        "print(r.FOLDER, sorted(path.name for path in r.FOLDER.iterdir()));"
        "(found,) = load('model').annotate(['“The bridge is safe,” engineer Ilse Tarrant said on Tuesday.']);"
        "print(len(found.attributions), len(found.names))"
    )
    where, found = run(installed / "python", "-c", program, cwd=tmp_path).splitlines()
    assert str(installed.parent) in where
    assert all(name in where for name in ("encoder.onnx", "linker.onnx", "tokenizer.json", "model.json"))
    assert found == "1 1"


def test_statements_and_examples_are_read_from_the_installed_package(installed: Path, tmp_path: Path) -> None:
    program = (
        "import cypher, importlib.resources as r;"
        "print(len(cypher.all_statements()), len(list((r.files('examples') / 'pages').iterdir())))"
    )
    statements, pages = map(int, run(installed / "python", "-c", program, cwd=tmp_path).split())
    assert statements > 20
    assert pages == len(list((ROOT / "examples" / "pages").iterdir()))


def test_without_the_extra_the_local_database_says_what_to_install(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed / "onrecord", "db", "up"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": str(installed), "HOME": str(tmp_path), "ONRECORD_HOME": str(tmp_path / "home")},
    )
    assert done.returncode == 1
    assert "onrecord[local]" in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 6

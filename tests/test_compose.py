"""What can be checked of docker-compose.yml and the Dockerfile without a Docker engine."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from api.app import create
from api.commands import serve
from api.settings import Settings
from graph.driver import Connection
from graph.jars import load_release

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with what they are given; continued lines joined."""
    text = "\n".join(line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.startswith("#"))
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def given(instruction: str) -> list[str]:
    return [rest for word, rest in instructions() if word == instruction]


def variables() -> set[str]:
    """The names of the environment variables that the settings read."""
    return {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_the_database_is_the_release_that_runs_locally() -> None:
    image, _, tag = SERVICES["neo4j"]["image"].partition(":")
    assert image == "neo4j"
    assert tag == f"${{NEO4J_RELEASE:-{load_release().name}}}-community"


def test_what_the_file_says_of_memory_is_what_it_sets() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    rows = re.findall(r"^# +([\d,]+) +(\d+[mg]) +(\d+[mg]) +(\d+) GB", text, re.MULTILINE)
    assert len(rows) >= 3
    environment = SERVICES["neo4j"]["environment"]
    _, page_cache, heap, _ = rows[0]
    assert environment["NEO4J_server_memory_pagecache_size"] == f"${{NEO4J_PAGE_CACHE:-{page_cache}}}"
    assert environment["NEO4J_server_memory_heap_max__size"] == f"${{NEO4J_HEAP:-{heap}}}"
    for _, page_cache, heap, whole in rows:
        taken = sum(int(size[:-1]) * (1 if size[-1] == "g" else 1 / 1024) for size in (page_cache, heap))
        assert taken < 0.7 * int(whole), "the system and the API need some, too"


def test_both_last_and_come_back_by_themselves() -> None:
    assert {service["restart"] for service in SERVICES.values()} == {"unless-stopped"}


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_ports_are_open_on_this_machine_only(service: str) -> None:
    for port in SERVICES[service]["ports"]:
        assert port.startswith("127.0.0.1:")


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_a_password_has_to_be_given_and_is_written_nowhere(service: str) -> None:
    environment = SERVICES[service]["environment"]
    secret = environment["NEO4J_AUTH" if service == "neo4j" else "NEO4J_PASSWORD"]
    assert "${NEO4J_PASSWORD:?" in secret


def test_volumes_are_declared_and_what_must_last_lies_in_one() -> None:
    mounted = {volume.split(":")[0]: volume.split(":")[1] for s in SERVICES.values() for volume in s["volumes"]}
    assert mounted.keys() == COMPOSE["volumes"].keys()
    assert {"/data", "/logs"} <= {v.split(":")[1] for v in SERVICES["neo4j"]["volumes"]}
    assert [v.split(":")[1] for v in SERVICES["api"]["volumes"]] == given("VOLUME")


def test_the_api_waits_until_the_database_is_healthy_and_finds_it() -> None:
    api = SERVICES["api"]
    assert api["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert SERVICES["neo4j"]["healthcheck"]["test"]
    assert api["environment"].keys() <= variables()
    host = api["environment"]["NEO4J_URI"].removeprefix("bolt://").partition(":")[0]
    assert host in SERVICES


def test_settings_of_the_database_are_those_that_the_local_one_knows() -> None:
    names = [name for name in SERVICES["neo4j"]["environment"] if name not in ("NEO4J_AUTH",)]
    # How the image turns names of variables into names of settings: __ is _, and _ is a full stop.
    settings = {n.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_") for n in names}
    source = (ROOT / "graph" / "local.py").read_text()
    assert settings == {name for name in settings if f'"{name}"' in source}


def test_the_image_runs_as_nobody_special() -> None:
    [user] = given("USER")
    assert user not in ("root", "0")
    words = [word for word, _ in instructions()]
    assert words.index("USER") < words.index("CMD")
    assert "read_only" in SERVICES["api"]


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    allowed = {line[1:] for line in lines if line.startswith("!")}
    for rest in given("COPY"):
        if "--from" in rest:
            continue
        for source in rest.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert any(fnmatch(source, pattern) for pattern in allowed), source


def test_the_image_has_all_that_the_package_is_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    copied = {source for rest in given("COPY") if "--from" not in rest for source in rest.split()[:-1]}
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= copied
    assert {project["project"]["readme"], *project["project"]["license-files"]} <= copied
    assert all("-c constraints.txt" in run for run in given("RUN") if "pip install" in run)


def test_the_image_runs_a_python_that_the_package_supports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    versions = {re.fullmatch(r"python:(\d+\.\d+)-slim.*", base)[1] for base in given("FROM")}  # type: ignore[index]
    assert len(versions) == 1
    assert f"Programming Language :: Python :: {versions.pop()}" in project["project"]["classifiers"]


def test_the_image_serves_and_is_asked_for_its_health_where_it_does() -> None:
    [command] = given("CMD")
    program, name, *options = json.loads(command)
    assert (program, name) == ("onrecord", "serve")
    context = get_command(serve.app).make_context("serve", options)
    assert context.params["host"] == "0.0.0.0"
    port = context.params["port"]
    assert given("EXPOSE") == [str(port)]
    assert all(mapping.endswith(f":{port}") for mapping in SERVICES["api"]["ports"])
    [health] = given("HEALTHCHECK")
    path = re.search(rf"http://127\.0\.0\.1:{port}(/\w+)", health)
    assert path is not None
    paths = create(Connection("bolt://127.0.0.1:1")).openapi()["paths"]
    assert path[1] in paths
    environment = dict(pair.split("=", 1) for rest in given("ENV") for pair in shlex.split(rest))
    assert {name for name in environment if name.startswith(("ONRECORD_", "NEO4J_"))} <= variables()
    assert environment["ONRECORD_HOME"] in given("VOLUME")


def test_docker_itself_understands_the_file() -> None:
    """The client checks a file without an engine, where it is installed with compose."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True).returncode != 0:
        pytest.skip("no docker client with compose here")
    command = [docker, "compose", "-f", str(ROOT / "docker-compose.yml"), "config", "--format", "json"]
    without = subprocess.run(command, capture_output=True, text=True, env={"PATH": str(Path(docker).parent)})
    assert without.returncode != 0
    assert "NEO4J_PASSWORD" in without.stderr
    environment = {"PATH": str(Path(docker).parent), "NEO4J_PASSWORD": "a-password"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["services"].keys() == SERVICES.keys()

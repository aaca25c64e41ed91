"""The demonstration behind `make demo`: pages in, answers out, by the commands that a reader would type.

``python examples/demo.py [SOURCE ...]`` ingests the sample pages (or the sources named), prints the answers to five
questions, and leaves Neo4j and the API running; ``--stop`` ends both. It stops with a message where an answer is empty.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, LiteralString

import httpx
import psutil
from neo4j import GraphDatabase, RoutingControl

from api.database import ensure
from api.settings import load

PAGES = Path(os.path.relpath(Path(__file__).with_name("pages")))
ONRECORD = Path(sys.executable).with_name("onrecord")

DISPUTED: LiteralString = """\
MATCH (c:Claim)<-[:DISPUTES]-(d:Dispute {current: true})
WHERE d.status <> 'rejected'
OPTIONAL MATCH (by:Speaker)-[:RAISED]->(d)
OPTIONAL MATCH (d)-[:AGAINST]->(:Assertion)<-[:ASSERTED]-(who:Speaker)
WITH c, d, by, collect(DISTINCT who.name) AS against
RETURN c.text AS claim, d.kind AS kind, by.name AS by, against
ORDER BY d.confidence DESC, claim LIMIT 8"""

COUNTS: LiteralString = """\
MATCH (n) WHERE NOT n:OnRecordSchema UNWIND labels(n) AS kind RETURN kind, count(*) AS count ORDER BY kind
UNION ALL MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS count ORDER BY kind"""

PICTURE = "MATCH p=(:Speaker)-[:ASSERTED]->(:Assertion)-[:FOUND_IN]->(:Text) RETURN p LIMIT 40"


class DemoError(Exception):
    """A step of the demonstration did not do what it should."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", default=[str(PAGES)], help="pages to ingest instead of the samples")
    parser.add_argument("--stop", action="store_true", help="end what an earlier demonstration started")
    arguments = parser.parse_args()
    home = Path(os.environ.get("ONRECORD_HOME") or Path.cwd() / ".demo").resolve()
    os.environ["ONRECORD_HOME"] = str(home)
    if os.environ.pop("NEO4J_URI", None):
        print(
            "NEO4J_URI is not used here: the demonstration has a Neo4j of its own, so that it never mixes with yours."
        )
    try:
        if arguments.stop:
            stop(home)
        else:
            show(home, arguments.sources)
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    return 0


def show(home: Path, sources: list[str]) -> None:
    """Ingest, ask, and leave everything running."""
    headline("Reading the pages into Neo4j")
    typed("ingest", *sources)
    address = serve(home)

    headline("1. Who asserted what? (command line)")
    typed("claims", "--limit", "6")
    require(answer("claims"), "no claim was found")

    speaker = busiest(answer("speakers", "--limit", "200"))
    headline(f"2. What does {speaker['name']} say? (command line)")
    typed("claims", "--speaker", speaker["id"])
    require(answer("claims", "--speaker", speaker["id"]), f"{speaker['name']} says nothing")

    outlet = carrying(address)
    if outlet is None:
        print("\n3. What came through one outlet? These pages name no outlet, and say of none that it published them.")
    else:
        headline(f"3. What came through {outlet['name']}? (REST)")
        path = f"/outlets/{outlet['id']}/claims"
        print(f"$ curl {address}{path}")
        for claim in got(address, path):
            for assertion in claim["assertions"]:
                print(f"  {assertion['cite']}\n")

    headline("4. Who disputes what, and in which words? (command line, Cypher)")
    typed("disputes", "--limit", "6")
    print(f"\n{DISPUTED}")
    disputed = cypher(DISPUTED)
    for row in disputed:
        against = f", against {', '.join(row['against'])}" if row["against"] else ""
        print(f"  {cut(row['claim'], 90)}\n      {row['kind']} by {row['by'] or 'whoever wrote the page'}{against}")
    if not disputed:
        print("  Nobody disputes anything on these pages.")
    require(disputed or sources != [str(PAGES)], "no dispute was found")

    headline("5. What does a second ingest of the same pages change?")
    before = cypher(COUNTS)
    typed("ingest", *sources)
    after = cypher(COUNTS)
    if before != after:
        raise DemoError(f"the second ingest changed the graph: {before} became {after}")
    print("Nothing: " + ", ".join(f"{row['count']} {row['kind']}" for row in after) + ", before and after.")

    headline("Now it is yours")
    print(f"The API and its page: {address}/docs\n")
    typed("db", "browser", "--no-open")
    print(
        f"""
What to type next
  in Neo4j Browser      {PICTURE}
  at the API            curl '{address}/claims?q=bridge'
  on the command line   export ONRECORD_HOME={shlex.quote(str(home))}
                        .venv/bin/onrecord show {speaker["id"]}
  a page of your own    make demo SOURCE=https://...
  to end it all         make stop"""
    )


def busiest(speakers: list[dict[str, Any]]) -> dict[str, Any]:
    """The person who says most, or whoever does where no person says anything."""
    require(speakers, "nobody was found to say anything")
    return max(speakers, key=lambda one: (one["kind"] == "person", one["assertion_count"]))


def carrying(address: str) -> dict[str, Any] | None:
    """The outlet that carried most, or else one that published a page with claims."""
    outlets = sorted(got(address, "/outlets?limit=200"), key=lambda one: (-one["carried"], one["name"]))
    return next((one for one in outlets if got(address, f"/outlets/{one['id']}/claims")), None)


def got(address: str, path: str) -> list[dict[str, Any]]:
    """The items that a path of the API answers with."""
    response = httpx.get(address + path, timeout=30, trust_env=False)
    response.raise_for_status()
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def cypher(statement: LiteralString) -> list[dict[str, Any]]:
    """What the database answers to a statement that a reader could type into Neo4j Browser."""
    connection = ensure(load())
    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        records, _, _ = driver.execute_query(statement, database_=connection.database, routing_=RoutingControl.READ)
        return [record.data() for record in records]


def cut(words: str, length: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def headline(words: str) -> None:
    print(f"\n\033[1m{words}\033[0m" if sys.stdout.isatty() else f"\n{words}", flush=True)


def typed(*words: str) -> None:
    """Show a command and run it as a reader would, its output going where ours goes."""
    print("$ onrecord " + shlex.join(words), flush=True)
    done = subprocess.run([ONRECORD, *words], check=False)
    if done.returncode:
        raise DemoError(f"onrecord {words[0]} ended with exit status {done.returncode}")


def answer(*words: str) -> list[dict[str, Any]]:
    """The items that a list command answers with."""
    done = subprocess.run([ONRECORD, *words, "--json"], check=False, capture_output=True, text=True)
    if done.returncode:
        raise DemoError(f"onrecord {shlex.join(words)}: {done.stderr.strip()}")
    items: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return items


def require(items: object, otherwise: str, *, said: bool = False) -> None:
    if not items:
        raise DemoError(otherwise if said else f"{otherwise}, so there is nothing to show; try another page")


def serve(home: Path) -> str:
    """Start the API in the background and wait until it is ready; its address."""
    running = api_address(home)
    if running is not None:
        return running
    # One that is there and not ready was started on a database that has gone since.
    end_api(home)
    port = free_port()
    with (home / "api.log").open("ab") as log:
        process = subprocess.Popen(
            [ONRECORD, "serve", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    state = {"pid": process.pid, "started": psutil.Process(process.pid).create_time(), "address": address}
    (home / "api.json").write_text(json.dumps(state))
    for _ in range(300):
        if process.poll() is not None:
            break
        if ready(address):
            return address
        time.sleep(0.1)
    raise DemoError(f"the API did not start; its log is {home / 'api.log'}")


def ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=2, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def api_address(home: Path) -> str | None:
    """Where an API that an earlier demonstration started still answers."""
    try:
        address = str(json.loads((home / "api.json").read_text())["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return address if ready(address) else None


def free_port() -> int:
    """8000 where it is free, else any."""
    for port in (8000, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DemoError("no free port for the API")


def end_api(home: Path) -> bool:
    """End the API that an earlier demonstration started, whether it is ready or not; whether there was one."""
    state = home / "api.json"
    try:
        recorded = json.loads(state.read_text())
        process = psutil.Process(recorded["pid"])
        # Its id may belong to another process by now; some systems round the time differently from call to call.
        found = bool(abs(process.create_time() - recorded["started"]) < 1.0)
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        found = False
    if found:
        process.terminate()
        try:
            process.wait(timeout=10)
        except psutil.TimeoutExpired:
            process.kill()
    state.unlink(missing_ok=True)
    return found


def stop(home: Path) -> None:
    """End the API, then the database."""
    if end_api(home):
        print("The API is stopped.")
    if home.exists():
        typed("db", "down")
    else:
        print("No demonstration is running.")


if __name__ == "__main__":
    sys.exit(main())

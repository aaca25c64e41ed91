"""Makes a lock file of the local Neo4j anew: ``python -m graph.lock 5.26 [VERSION]``.

Resolves the dependency tree of the roots that the lock file names, at VERSION if one is given, fetches every jar of it
and writes ``graph/locks/NAME.json`` with their checksums. Takes some minutes; needed only to move to another Neo4j.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from graph.jars import THREADS, Jar, load_release, maven_context

FOLDER = Path(__file__).parent / "locks"


def resolve(roots: list[str], folder: Path) -> list[Jar]:
    """Every jar that the roots (``group:artifact:version``) need at run time, in the order of their coordinates."""
    from jgo.maven import Artifact, Dependency

    context = maven_context(folder)
    wanted = [
        Dependency(context.project(group, artifact).at_version(version).artifact(), raw=True)
        for group, artifact, version in (root.split(":") for root in roots)
    ]
    inputs, transitive = context.resolver.resolve(wanted)
    artifacts = [dependency.artifact for dependency in (*inputs, *transitive) if dependency.type == "jar"]

    def fetch(artifact: Artifact) -> Jar:
        body = artifact.resolve().read_bytes()
        return Jar(
            group=artifact.groupId,
            artifact=artifact.artifactId,
            version=artifact.version,
            classifier=artifact.classifier,
            sha256=hashlib.sha256(body).hexdigest(),
            size=len(body),
        )

    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pool.map(fetch, artifacts), key=str)


def main() -> None:
    """Reads the lock file named on the command line, resolves its roots, and writes it again."""
    parser = argparse.ArgumentParser(description="Make a lock file of the local Neo4j anew.")
    parser.add_argument("release", help="name of the lock file, as in 5.26")
    parser.add_argument("version", nargs="?", help="version of the server; as in the lock file unless given")
    parser.add_argument("--repository", type=Path, help="folder that keeps what is fetched, for the next time")
    options = parser.parse_args()
    release = load_release(options.release)
    version = options.version or release.version
    roots = [
        root.removesuffix(release.version) + version if root.endswith(f":{release.version}") else root
        for root in release.roots
    ]
    with tempfile.TemporaryDirectory() as scratch:
        jars = resolve(roots, options.repository or Path(scratch))
    content = {
        "version": version,
        "main_class": release.main_class,
        "java_options": release.java_options,
        "settings": release.settings,
        "roots": roots,
        "jars": [asdict(jar) for jar in jars],
    }
    head = json.dumps({key: value for key, value in content.items() if key != "jars"}, indent=2)[:-2]
    lines = ",\n".join(f"    {json.dumps(jar)}" for jar in content["jars"])
    (FOLDER / f"{release.name}.json").write_text(f'{head},\n  "jars": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    print(f"{len(jars)} jars, {sum(jar.size for jar in jars) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()

"""The driver's wrapper, on a real server."""

from __future__ import annotations

import socket
import threading
import time
import uuid

import pytest

import cypher
from graph.driver import Connection, Graph, Transaction, one_line
from graph.errors import (
    AuthenticationError,
    DatabaseUnavailableError,
    GraphError,
    ReadOnlyError,
    StatementError,
)

SECRET = "not-the-password-of-anything"


def changed(connection: Connection, **changes: str) -> Connection:
    values = {name: getattr(connection, name) for name in ("uri", "user", "password", "database")}
    return Connection(**(values | changes))


# --- on a server -----------------------------------------------------------------------------------------------


def test_ping_names_the_version_of_the_server(graph: Graph) -> None:
    assert graph.ping().split(".")[0].isdigit()


def test_the_database_of_a_test_is_empty_but_for_the_schema(graph: Graph) -> None:
    assert graph.execute("MATCH (n) RETURN count(n) AS n, count(n.version) AS v") == [{"n": 1, "v": 1}]
    graph.execute("UNWIND range(1, 30000) AS i CREATE (:Left {i: i})")


def test_what_a_test_leaves_is_gone_for_the_next(graph: Graph) -> None:
    assert graph.execute("MATCH (n:Left) RETURN count(n) AS n") == [{"n": 0}]


def test_statements_run_by_name_with_rows_as_dictionaries(graph: Graph) -> None:
    written = graph.write("write/schema_record", version=1)
    assert graph.read("read/schema_version") == written


def test_parameters_that_a_statement_does_not_declare_are_refused(graph: Graph) -> None:
    with pytest.raises(cypher.ParameterError, match="version is missing"):
        graph.write("write/schema_record")
    with pytest.raises(cypher.ParameterError, match="other is not declared"):
        graph.write("write/schema_record", version=1, other=2)
    with pytest.raises(KeyError, match="no Cypher statement"):
        graph.read("read/nothing_of_the_kind")


def test_a_transaction_takes_effect_whole_or_not_at_all(graph: Graph) -> None:
    before = graph.read("read/schema_version")

    def work(transaction: Transaction) -> None:
        transaction.run("write/schema_record", version=10_000)
        assert transaction.run("read/schema_version") == [{"version": 10_000}]
        raise LookupError("changed my mind")

    with pytest.raises(LookupError):
        graph.transaction(work)
    assert graph.read("read/schema_version") == before


def test_a_transaction_returns_what_its_work_returns_and_counts_changes(graph: Graph) -> None:
    def work(transaction: Transaction) -> int:
        _, counters = transaction.run_counted("write/schema_record", version=1)
        return counters.properties_set

    assert graph.transaction(work) == 1


def test_the_server_refuses_to_write_where_only_reading_was_asked_for(graph: Graph) -> None:
    with pytest.raises(ReadOnlyError):
        graph.read("write/schema_record", version=1)
    with pytest.raises(ReadOnlyError):
        graph.reading(lambda transaction: transaction.run("write/schema_record", version=1))
    with pytest.raises(ReadOnlyError):
        graph.execute("CREATE (:Sneaked)", mode="read")
    assert graph.execute("MATCH (n:Sneaked) RETURN count(n) AS n") == [{"n": 0}]


def test_a_statement_that_the_server_refuses_is_told_in_one_line(graph: Graph) -> None:
    with pytest.raises(StatementError) as caught:
        graph.execute("MATCH (n)\nRETURN m")
    assert "`m` not defined" in str(caught.value)
    assert graph.connection.address in str(caught.value)
    assert "\n" not in str(caught.value)


def test_threads_share_a_graph(graph: Graph) -> None:
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(graph.ping())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8


def test_a_wrong_password_is_told_at_once_and_never_shown(neo4j_connection: Connection) -> None:
    wrong = changed(neo4j_connection, user=f"nobody-{uuid.uuid4().hex}", password=SECRET)
    began = time.monotonic()
    with pytest.raises(AuthenticationError, match=r"refuses user 'nobody.*NEO4J_PASSWORD") as caught:
        Graph.connect(wrong, wait_s=60)
    assert time.monotonic() - began < 30
    assert neo4j_connection.address in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_database_that_the_server_does_not_have_is_named(neo4j_connection: Connection) -> None:
    with pytest.raises(DatabaseUnavailableError, match=r"no database 'elsewhere'; check NEO4J_DATABASE"):
        Graph.connect(changed(neo4j_connection, database="elsewhere"))


# --- without one -----------------------------------------------------------------------------------------------


def test_a_connection_never_prints_its_password() -> None:
    connection = Connection("bolt://someone:hidden@host:7687", "neo4j", SECRET)
    assert SECRET not in repr(connection)
    assert connection.address == "bolt://host:7687"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_no_server_is_told_at_once_with_its_address() -> None:
    uri = f"bolt://127.0.0.1:{free_port()}"
    with pytest.raises(DatabaseUnavailableError, match=r"no Neo4j server answers; check NEO4J_URI") as caught:
        Graph.connect(Connection(uri, "neo4j", SECRET))
    assert uri in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7474", "127.0.0.1:7687", "bolt://", "bolt://host:port", ""])
def test_what_is_no_address_of_a_server_is_told_so(uri: str) -> None:
    with pytest.raises(DatabaseUnavailableError):
        Graph.connect(Connection(uri, "neo4j", SECRET))


def test_a_host_that_nobody_knows_is_told_so() -> None:
    with pytest.raises(DatabaseUnavailableError, match=r"nowhere\.invalid:7687: no such host is known; check"):
        Graph.connect(Connection("bolt://nowhere.invalid:7687"))


def test_something_else_that_listens_is_no_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            client, _ = listener.accept()
            with client:
                client.recv(100)
                client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(GraphError) as caught:
            Graph.connect(Connection(f"bolt://127.0.0.1:{listener.getsockname()[1]}"))
    assert "\n" not in str(caught.value)


def test_a_server_that_comes_up_later_is_waited_for(neo4j_connection: Connection) -> None:
    host, _, number = neo4j_connection.address.partition("://")[2].partition(":")
    port = free_port()

    def relay() -> None:
        time.sleep(1.5)
        with socket.create_server(("127.0.0.1", port)) as listener:
            while True:
                client, _ = listener.accept()
                server = socket.create_connection((host, int(number or 7687)))
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=pump, args=(source, target), daemon=True).start()

    def pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        finally:
            target.close()

    threading.Thread(target=relay, daemon=True).start()
    with Graph.connect(changed(neo4j_connection, uri=f"bolt://127.0.0.1:{port}"), wait_s=60) as graph:
        assert graph.ping()


@pytest.mark.parametrize(("text", "expected"), [("a\n  b\tc", "a b c"), ("x" * 400, "x" * 299 + "…"), ("", "")])
def test_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected

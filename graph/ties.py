"""Pure: which ties of texts that are written again stay, as the statements that take the others away name them.

Readers see a transaction's changes one by one while it is committed, and would miss for a moment what is deleted to be
made again. So only what an extraction does not tell any more goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from graph.plan import Changes, TextChange
from graph.rows import Row
from ingest.model import Id


def of_texts(changed: Iterable[Changes]) -> list[Row]:
    """Rows for ``write/clear_texts``: ``keep`` has ``TYPE target url`` of all that a text mentions, links to, answers
    and quotes. What is told from the pages that it links to stays where its reading is the same.
    """
    changed = list(changed)
    answers: dict[Id, list[str]] = defaultdict(list)
    for row in (row for one in changed for row in (*one.replies, *one.answers)):
        answers[row["comment"]].append(f"REPLY_TO {row['to']} ")
    rows: list[Row] = []
    for change in there(changed):
        text = change.rows
        keep = [
            *(f"MENTIONS {row['entity']} " for row in text.mentions),
            *(f"LINKS_TO {row['document']} {row['url']}" for row in text.links),
            *(f"LINKS_TO {row['outlet']} {row['url']}" for row in text.outlet_links),
            *(f"QUOTES {row['to']} " for row in (*text.quotes, *text.text_quotes)),
            *answers[text.id],
        ]
        rows.append({"text": text.id, "keep": keep, "linked": not change.reread})
    return rows


def of_assertions(changed: Iterable[Changes], assertions: Collection[Id]) -> list[Row]:
    """Rows for ``write/clear_assertions``: ``keep`` has ``TYPE other role order`` of who asserted an assertion, what it
    came through and what carries it.
    """
    keep: dict[Id, list[str]] = {identity: [] for identity in sorted(assertions)}
    for text in (change.rows for change in there(changed)):
        told = [
            *((row["assertion"], f"ASSERTED {row['speaker']}  ") for row in text.asserted),
            *((row["assertion"], f"REPORTED_IN {row['by']}  ") for row in text.reported),
            *((row["assertion"], _cites(row["outlet"], row["properties"])) for row in text.cites),
        ]
        for identity, tie in told:
            if identity in keep:
                keep[identity].append(tie)
    return [{"assertion": identity, "keep": kept} for identity, kept in keep.items()]


def of_disputes(changed: Iterable[Changes]) -> list[Row]:
    """Rows for ``write/clear_disputes``: ``keep`` has ``dispute TYPE other`` of where a text's disputes are stated,
    what they are against and who raised them.
    """
    rows: list[Row] = []
    for text in (change.rows for change in there(changed)):
        keep = [
            *(f"{row['dispute']} STATED_IN {row['in']}" for row in text.stated),
            *(f"{row['dispute']} AGAINST {row['to']}" for row in text.against),
            *(f"{row['dispute']} RAISED {row['speaker']}" for row in text.raised),
        ]
        rows.append({"text": text.id, "keep": keep})
    return rows


def of_fact_checks(changed: Iterable[Changes]) -> list[str]:
    """For ``write/clear_fact_checks``: ``fact-check text`` of those in texts whose reading is the same."""
    return [
        f"{row['id']} {change.rows.id}"
        for change in there(changed)
        if not change.reread
        for row in change.rows.fact_checks
    ]


def pairs(rows: Iterable[Row], start: str, end: str) -> list[str]:
    """Both ends of each row with a space between, as statements name ties that will be written anew."""
    return [f"{row[start]} {row[end]}" for row in rows]


def there(changed: Iterable[Changes]) -> Iterator[TextChange]:
    """The texts to write that the graph has already."""
    return (change for one in changed for change in one.texts if change.exists)


def _cites(outlet: Id, properties: Row) -> str:
    return f"CITES {outlet} {properties['role']} {properties['order']}"

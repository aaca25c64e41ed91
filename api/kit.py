"""What OnRecord brings to Neo4j Browser: a guided tour, a style sheet, and the saved queries as one file to drop on it.

Pure: the graph's own numbers are handed in. Which of it which release of Browser can load stands in
``docs/neo4j-browser.md``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources

from cypher.loader import SAVED, SUFFIX
from cypher.saved import SavedQuery, parameters, saved_queries

FOLDER = "OnRecord"
"""The folder in Browser's list of saved queries that they are put into."""

# The same bytes for the same queries, whenever they are asked for.
_EPOCH = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Slide:
    """One step of the tour: what to look at, and the names of the queries that show it."""

    title: str
    text: str
    queries: tuple[str, ...] = ()


TOUR: tuple[Slide, ...] = (
    Slide(
        "Who asserted what",
        "Blue is who speaks, yellow what they are said to have said, green an outlet, grey a page. Click on a node for "
        "all that is known of it; double-click to see what it is connected to. Every assertion has the offsets of the "
        "words that it was read from, and a confidence.",
        ("01_newest_assertions", "02_newest_assertions_table"),
    ),
    Slide(
        "One speaker's record",
        "Whom this is about is in the parameter <code>speaker</code>; as long as it is <code>null</code>, it is "
        "whoever asserted most of late. Name somebody with <code>:param speaker =&gt; 'Dmitry Peskov'</code>.",
        ("03_one_speakers_record", "04_one_speakers_claims"),
    ),
    Slide(
        "Through whom a claim reached us",
        "From the speaker to the page, with every outlet between them. Many pages may have a claim from one source.",
        ("05_through_whom", "06_longest_chains", "11_shared_sources", "12_copies"),
    ),
    Slide(
        "Disputed claims",
        "Orange is a claim, red a dispute: on one side who asserts it, on the other who disputes it, and in which "
        "words. What a machine found is a candidate until a person confirms or rejects it.",
        ("07_disputed_claims", "08_disputed_claims_table", "09_one_dispute"),
    ),
    Slide(
        "Denials, doubts, contradictions, replies",
        "Who denies what, what writers keep their distance from, claims that cannot both be true, and who disagrees "
        "with whom in a thread.",
        ("22_denials", "23_doubts", "14_contradictions", "13_self_contradiction", "10_disagreeing_replies"),
    ),
    Slide(
        "What people decided",
        "Reviews are only ever added: the last by time decides. "
        "<code>onrecord review ID --decision confirm --by YOU</code> adds one. Published fact-checks are here too.",
        ("17_reviews", "18_reviews_table", "19_awaiting_review", "21_fact_checks"),
    ),
    Slide(
        "Pages change",
        "What a page no longer says stays in the graph, with the text in which it said so.",
        ("15_no_longer_said", "16_versions_of_a_page", "28_thread", "29_literal_quotations"),
    ),
    Slide(
        "How good is it?",
        "Look here before you print something: what has no speaker, what is least sure, which names may be one.",
        ("30_without_a_speaker", "31_least_sure", "32_unnamed_sources", "20_merge_candidates"),
    ),
    Slide(
        "Who carries what",
        "Outlets by what came through them, and claims by how many make them.",
        (
            "25_cited_outlets",
            "26_who_speaks_through",
            "27_most_shared_claims",
            "24_most_disputed_speakers",
            "33_what_is_in_the_graph",
        ),
    ),
)


def style() -> str:
    """The style sheet: captions, colours and sizes by label."""
    return (resources.files("cypher") / SAVED / "onrecord.grass").read_text(encoding="utf-8")


def archive() -> bytes:
    """A zip file of all saved queries: dropped on Browser's list of them it fills the folder ``FOLDER``."""
    packed = io.BytesIO()
    queries = saved_queries()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        defaults = f"// Defaults: run this first, once after each sign-in\n{parameters(queries)}\n"
        for name, text in [("00_defaults", defaults), *((query.name, query.text) for query in queries)]:
            files.writestr(zipfile.ZipInfo(f"{FOLDER}/{name}{SUFFIX}", _EPOCH), text)
    return packed.getvalue()


def guide(base: str, counts: Mapping[str, int]) -> str:
    """The tour as the HTML that ``:play`` shows.

    Args:
        base: the address under which the kit is served, without a slash at its end.
        counts: how many there are of what, in the order in which it is told.
    """
    queries = {query.name: query for query in saved_queries()}
    slides = [_first(base, counts, list(queries.values()))]
    slides += [_slide(slide, [queries[name] for name in slide.queries]) for slide in TOUR]
    body = "\n".join(f'<slide class="row-fluid"><div class="col-sm-12">\n{slide}\n</div></slide>' for slide in slides)
    return f'<article class="guide">\n<carousel class="deck container-fluid">\n{body}\n</carousel>\n</article>\n'


def _first(base: str, counts: Mapping[str, int], queries: Sequence[SavedQuery]) -> str:
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    return "\n".join(
        (
            "<h3>OnRecord: a tour of your graph</h3>",
            f"<p>It holds {escape(told)}. A click on a query puts it into the editor above; Ctrl+Enter runs it.</p>",
            "<p>First the colours and captions, then the defaults of all parameters, once after each sign-in:</p>",
            _runnable(f":style {base}/onrecord.grass"),
            _runnable(parameters(queries)),
            f'<p>All {len(queries)} queries come as <a href="{escape(base)}/onrecord.zip">one file</a>: drop it on the '
            "list of saved queries (the star on the left), and they are there at every sign-in on this machine.</p>",
        )
    )


def _slide(slide: Slide, queries: Sequence[SavedQuery]) -> str:
    parts = [f"<h3>{escape(slide.title)}</h3>", f"<p>{slide.text}</p>"]
    for query in queries:
        parts += [f"<p><b>{escape(query.title)}.</b> {escape(query.about)}</p>", _runnable(query.statement)]
    return "\n".join(parts)


def _runnable(text: str) -> str:
    return f'<pre class="pre-scrollable code runnable">{escape(text)}</pre>'

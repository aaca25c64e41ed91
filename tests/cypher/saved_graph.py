"""A small graph in which every saved query has something to show, written as the design's graph model lays it down."""

from __future__ import annotations

from graph.driver import Graph
from graph.store import Store
from tests.factories import Said, extraction

_PAGE = (
    "Ada Brandt said “the bridge costs 40 crowns”. "
    "Bram Dahl told Herald “Ada Brandt said “the bridge is shut” to me”. "
    "Cleo Ekman denied “the bridge costs 40 crowns”. "
    "Ada Brandt told Herald “the mill is sold”. "
    "Somebody Unknown said “the ferry runs”. "
    "Two Officials said “the ferry is late”. "
)
_THREAD = [
    Said("reader", "I say the bridge is old", None),
    Said("Dario", "Esme Falk said “we never sold the mill”.", 0, None, "disagree"),
]

_JUDGED = """
MATCH (who:Speaker {name: 'Ada Brandt'})-[:ASSERTED]->(a:Assertion)-[:EXPRESSES]->(c:Claim)
MATCH (by:Speaker {name: 'Cleo Ekman'})-[:ASSERTED]->(b:Assertion)-[:EXPRESSES]->(o:Claim)
WITH who, a, c, by, b, o ORDER BY a.id, b.id LIMIT 1
MERGE (d:Dispute {id: 'dsp-denial'})
SET d += {kind: 'denial', basis: 'denied', text: b.text, confidence: 0.9, method: 'rule:denial', status: 'confirmed',
          current: true}
MERGE (n:Dispute {id: 'dsp-doubt'})
SET n += {kind: 'doubt', basis: 'so-called', text: 'so-called', confidence: 0.6, method: 'rule:doubt',
          status: 'candidate', current: true}
MERGE (by)-[:RAISED]->(d) MERGE (d)-[:STATED_IN {spans: [0, 4]}]->(b)
MERGE (d)-[:AGAINST {spans: [0, 4]}]->(a) MERGE (d)-[:DISPUTES]->(c)
MERGE (by)-[:RAISED]->(n) MERGE (n)-[:AGAINST {spans: [0, 4]}]->(a) MERGE (n)-[:DISPUTES]->(c)
SET c.disputed = 'confirmed', b.polarity = 'denied'
MERGE (c)-[:CONTRADICTS {score: 0.8, method: 'model:pairs'}]->(o)
MERGE (b)-[:EXPRESSES {score: 0.9, method: 'model:pairs'}]->(c)
MERGE (by)-[:ASSERTED {method: 'rule:name', confidence: 0.9}]->(a)
MERGE (r:Review {id: 'rev-1'}) SET r += {decision: 'confirm', reviewer: 'mk', note: 'read it', at: datetime()}
MERGE (r)-[:OF]->(d)
MERGE (f:FactCheck {id: 'fck-1'})
SET f += {url: 'https://checks.example/1', rating: 'False', verdict: 'false', claimText: 'The bridge costs 40 crowns',
          publishedAt: datetime()}
MERGE (f)-[:REVIEWS]->(c)
MERGE (outlet:Outlet {id: 'ent-checks'})
SET outlet:Entity:Organization, outlet.name = 'Checks', outlet.kind = 'organization'
MERGE (outlet)-[:PUBLISHED]->(f)
MERGE (who)-[:SAME_AS {score: 0.8, method: 'rule:names'}]->(by)
WITH a, b
MATCH (carried:Assertion {text: 'the mill is sold'}) WHERE carried.current
MATCH (t:Comment)
WITH a, b, collect(DISTINCT carried) AS carried, collect(DISTINCT t) AS comments
FOREACH (x IN carried | MERGE (x)-[:REPORTED_IN]->(b))
FOREACH (t IN comments | MERGE (t)-[:QUOTES {spans: [0, 3], method: 'rule:literal', confidence: 0.9}]->(a))
WITH a
MATCH (unknown:Speaker {name: 'Somebody Unknown'})-[r:ASSERTED]->(x:Assertion)
SET x.speakerStatus = 'unresolved'
DELETE r
WITH DISTINCT a
MATCH (unnamed:Speaker {name: 'Two Officials'})
SET unnamed.kind = 'unnamed'
"""


def fill(graph: Graph) -> None:
    """Puts it into an empty graph that has the schema."""
    store = Store(graph)
    pages = [
        extraction(f"{_PAGE}{more}", _THREAD, url=f"https://{outlet}/{at}", title=f"Bridge {at}", outlet=outlet)
        for at, (outlet, more) in enumerate(
            [("courier.example", ""), ("gazette.example", "Ada Brandt told Gazette “it is shut”. ")]
        )
    ]
    for page in pages:
        store.put(page)
    changed = extraction(
        "Ada Brandt said “the bridge costs 50 crowns”. ",
        _THREAD,
        url=pages[0].document.url,
        title="Bridge 0",
        outlet="courier.example",
    )
    store.put(changed)
    graph.execute(_JUDGED)

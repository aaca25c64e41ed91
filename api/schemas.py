"""What REST answers, and what ``--json`` prints: one pydantic model for each thing, with examples.

Names of fields are those of ``onrecord extract``. Spans are pairs of Unicode code points, ``[start, end)``, into the
text of the container: the body of a version or one of its comments. Times are RFC 3339.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Span = Annotated[tuple[int, int], Field(description="Start and end, code points; the end is not included.")]
Container = Literal["body"] | int
Text = str


def _with_zone(value: datetime) -> datetime:
    """A page that states no zone is taken to mean UTC, since RFC 3339 knows no time without one."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Time = Annotated[datetime, AfterValidator(_with_zone)]


class Answer(BaseModel):
    """Settings that all answers share."""

    model_config = ConfigDict(extra="forbid", frozen=True)


AnswerT = TypeVar("AnswerT", bound=Answer)


class Outlet(Answer):
    """A publisher, agency, broadcaster or site."""

    id: str = Field(examples=["ent-4f0c2a9d1b7e3c5a8f60"])
    name: str = Field(examples=["TASS"])
    domain: str | None = Field(examples=["tass.com"])


class OutletDetail(Outlet):
    """An outlet with what is known of it."""

    country: str | None = Field(description="ISO 3166-1 alpha-2.")
    medium: str | None = Field(examples=["agency"])
    same_as: list[str] = Field(description="Ids of other nodes that are taken for the same outlet.")
    document_count: int = Field(description="How many pages it published.")
    carried: int = Field(description="How many assertions came through it, as a page states.")


class Speaker(Answer):
    """Who an assertion belongs to, with how that was decided."""

    id: str
    name: str = Field(examples=["Dmitry Peskov"])
    kind: str = Field(examples=["person"])
    method: str = Field(
        description="Begins with `model:`, `rule:` or `structure:`; with `review:` and a name where a person decided."
    )
    confidence: float


class Cited(Answer):
    """What an assertion came through: an outlet, or a page that is linked."""

    id: str
    name: str
    domain: str | None
    role: str = Field(examples=["via"])


class Account(Answer):
    """The account of the site that a page or a comment was written under."""

    id: str
    name: str


class Page(Answer):
    """The page that something stands on."""

    id: str
    url: str | None
    kind: str = Field(examples=["html"])


class Version(Answer):
    """One text that a page has had. What an old version said stays citable."""

    id: str
    title: str | None
    language: str | None
    published_at: Time | None
    fetched_at: Time
    sha256: str = Field(description="Of the bytes as they were fetched.")
    current: bool = Field(description="Whether it is the page's newest text.")


class InComment(Answer):
    """The comment that something stands in; `index` is its place in the thread of the version."""

    index: int
    id: str
    author: str | None
    account: Account | None
    posted_at: Time | None
    url: str | None
    fetched_at: Time = Field(description="When it was first read.")
    sha256: str = Field(description="Of the bytes that it was first read from.")


class Context(Answer):
    """The words around an assertion; `text` stands at `start` to `end` of the container's text."""

    start: int
    end: int
    text: str


class Assertion(Answer):
    """Somebody's words as one text attributes them, with the evidence."""

    id: str
    text: str = Field(description="The words, pieces joined by ` […] `.")
    speaker: Speaker | None
    read_as: Speaker | None = Field(description="Whom the text was read to mean, where a person named another speaker.")
    speaker_status: str
    directness: str
    polarity: str
    certainty: str
    cites: list[Cited]
    reported_in: str | None = Field(description="The assertion that carries this one.")
    passage: str | None
    asserted_at: Time | None
    asserted_at_from: str = Field(description="`text`, `posted`, `published` or `unknown`.")
    asserted_at_precision: str | None = Field(
        description="For a time from the text: `day`, `week`, `month` or `year`; `asserted_at` is its first instant."
    )
    when: list[Span] | None = Field(description="Where the text says when.")
    confidence: float
    method: str
    current: bool
    judged: str | None = Field(description="`right` or `wrong`, where a person said so.")
    claim: str | None
    side: str = Field(
        description="How it stands to the claim in its positive words: `affirmed`, `denied` or `questioned`. “We did "
        "not ask” denies the claim “We did ask”, though its own `polarity` is `affirmed`."
    )
    document: Page
    version: Version
    outlet: Outlet | None
    container: Container = Field(description="`body`, or the index of a comment.")
    comment: InComment | None
    source: list[Span] | None
    cue: list[Span] | None
    content: list[Span]
    context: Context
    cite: str = Field(description="A line to cite it by, fit to print.")


class Claim(Answer):
    """One proposition, with the newest of its assertions that match the filters."""

    id: str
    text: str
    first_seen: Time
    last_seen: Time
    disputed: str = Field(description="`no`, `candidate` or `confirmed`.")
    former_ids: list[str]
    assertions: list[Assertion]
    more_assertions: bool = Field(description="Whether more match: `/assertions?claim=` lists them all.")


class Step(Answer):
    """Whom or what an assertion went through; `id` and `name` are those of a speaker, outlet or account, if any."""

    kind: Literal["speaker", "cited", "reported", "quoted", "copied", "comment", "page"]
    id: str | None
    name: str | None
    role: str | None = Field(description="For an outlet that is cited: `via`, `quoted` or `linked`.")
    assertion: str | None = Field(description="Whose words, or who reports or is quoted.")
    document: str | None
    share: float | None = Field(description="For a copy: how much of the page's text is the same.")


class Named(Answer):
    """Somebody or something by its id; a page, or a comment nobody signed, has no name."""

    id: str
    name: str | None


class End(Answer):
    """One source: who said it, and the first that it came through."""

    speaker: Named | None
    through: Named
    assertions: list[str]


class Sources(Answer):
    """How many sources a claim really has, once copies, quotations and relays are folded."""

    assertions: int
    independent: int
    ends: list[End]


class AssertionDetail(Assertion):
    """An assertion with the way that it took, and the sources of what it claims."""

    through: list[Step] = Field(description="From the speaker outwards to the text that it stands in.")
    sources: Sources


class Contradicting(Answer):
    """A claim that cannot be true with another one, and who affirms it."""

    id: str
    text: str
    score: float = Field(description="How sure it is that the two exclude one another.")
    method: str
    disputed: str
    assertions: list[Assertion]


class Sides(Answer):
    """How many independent sources each side of a claim has, once copies, quotations and relays are folded."""

    affirmed: int
    denied: int
    questioned: int


class ClaimDetail(Claim):
    """A claim with its sources and both its sides, each in the order of time."""

    sources: Sources
    sides: Sides
    affirming: list[Assertion] = Field(description="Who affirms it; the first 50.")
    denying: list[Assertion] = Field(description="Who denies it, or says its plain opposite; the first 50.")
    questioning: list[Assertion] = Field(description="Who questions it; the first 50.")
    contradicting: list[Contradicting] = Field(description="Claims that cannot be true with it; the ten surest.")


class Candidate(Answer):
    """Somebody or something that may be the same, and waits for a person to say so."""

    id: str
    name: str
    kind: str
    score: float = Field(description="How like the names are, from 0 to 1.")
    method: str


class SpeakerDetail(Answer):
    """Somebody who has asserted something."""

    id: str
    canonical_id: str = Field(description="The id that stands for all that are taken for the same.")
    name: str
    kind: str
    aliases: list[str] = Field(description="Other names, those of the nodes that are taken for the same among them.")
    site: str | None = Field(description="For an account: where its name is unique.")
    same_as: list[str] = Field(description="Ids of other nodes that are taken for the same.")
    assertion_count: int = Field(description="How many assertions, of all versions of pages.")


class SpeakerOne(SpeakerDetail):
    """One speaker, with who else may be the same."""

    candidates: list[Candidate]


class Entity(Answer):
    """Somebody or something that is named."""

    id: str
    canonical_id: str = Field(description="The id that stands for all that are taken for the same.")
    name: str
    kind: str
    aliases: list[str] = Field(description="Other names, those of the nodes that are taken for the same among them.")
    same_as: list[str] = Field(description="Ids of other nodes that are taken for the same.")
    text_count: int = Field(description="How many texts name it.")
    assertion_count: int = Field(description="How many assertions it has made.")


class EntityDetail(Entity):
    """One entity, with who or what else may be the same."""

    candidates: list[Candidate]


class Judged(Answer):
    """What a review is about, with its words, name or address."""

    id: str
    text: str | None


class Review(Answer):
    """What a person decided. Reviews are only ever added; the last by time decides."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, serialize_by_alias=True)

    id: str
    decision: str = Field(examples=["confirm"])
    reviewer: str
    note: str | None
    at: Time
    of: Judged
    other: Judged | None = Field(alias="with", description="The other of a pair.")
    moved_to: str | None = Field(description="For `move`: the entity of the page's own.")


class Document(Answer):
    """A page or file, as its newest version has it."""

    id: str
    url: str | None
    kind: str
    title: str | None
    outlet: Outlet | None
    author: str | None
    account: Account | None
    published_at: Time | None
    fetched_at: Time
    language: str | None
    version: str = Field(description="Id of the newest version.")
    sha256: str = Field(description="Of the bytes as they were fetched.")
    version_count: int
    comment_count: int


class Comment(Answer):
    """One comment as a version shows it; `parent` is the index of the comment that it replies to."""

    index: int
    id: str
    author: str | None
    account: Account | None
    by_post_author: bool
    depth: int
    parent: int | None
    posted_at: Time | None
    url: str | None
    text: Text


class CommentDetail(Answer):
    """One comment by itself; `reply_to` is the comment that it replies to, null where it answers the page."""

    id: str
    index: int
    author: str | None
    account: Account | None
    by_post_author: bool
    depth: int
    reply_to: str | None
    posted_at: Time | None
    url: str | None
    text: Text
    fetched_at: Time = Field(description="When it was first read.")
    sha256: str = Field(description="Of the bytes that it was first read from.")
    document: Page
    version: Version


class DocumentDetail(Document):
    """A page with the text that offsets point into, and its thread."""

    text: Text
    comments: list[Comment]
    cite: str = Field(description="A line to cite the page by, fit to print.")


class VersionDetail(Version):
    """A version with its text."""

    document: Page
    outlet: Outlet | None
    text: Text
    comment_count: int
    cite: str = Field(description="A line to cite this version by, fit to print.")


class Raiser(Answer):
    """Who raises a dispute, or whose words it is against."""

    id: str
    name: str
    kind: str


class Side(Answer):
    """The words of one side of a dispute, with the evidence."""

    assertion: str | None = Field(description="The assertion that makes them; null where they are nobody's.")
    speaker: Raiser | None = Field(description="Who asserts them, or who wrote the comment that they stand in.")
    text: Text = Field(description="The words, pieces joined by ` […] `.")
    spans: list[Span]
    container: Container = Field(description="`body`, or the index of a comment.")
    context: Context
    document: Page
    version: Version
    outlet: Outlet | None
    comment: InComment | None


class DisputeReview(Answer):
    """What a person decided of a dispute."""

    id: str
    decision: str = Field(description="`confirm`, `reject` or `reopen`.")
    reviewer: str
    note: str | None
    at: Time


class Dispute(Answer):
    """Somebody's objection to somebody's words, with the evidence of both sides."""

    id: str
    kind: str = Field(description="`denial`, `contradiction`, `rebuttal`, `doubt` or `fact_check`.")
    status: str = Field(description="`candidate`, `confirmed` or `rejected`: the last review decides.")
    by: Raiser | None
    stated_in: Side = Field(description="Where the objection stands.")
    target: Side | None = Field(description="What it is against; null where nobody here asserted that.")
    proposition: str | None = Field(description="What is denied, in positive wording, where there is no target.")
    basis: str = Field(description="The evidence or the cue, in a few words.")
    claims: list[str] = Field(description="The claims that this disputes.")
    fact_check: str | None = Field(description="The published verdict that raises it.")
    seen_at: Time
    confidence: float
    method: str
    current: bool
    reviews: list[DisputeReview] = Field(description="The newest first.")
    cite: str = Field(description="A line to cite it by, fit to print.")


class Publication(Answer):
    """A text that states a fact-check."""

    document: Page
    version: Version


class FactCheck(Answer):
    """A published verdict on a claim."""

    id: str
    url: str | None
    outlet: Outlet | None
    rating: str = Field(examples=["Pants on Fire"])
    verdict: str = Field(examples=["false"])
    claim_text: str
    claimant: str | None
    published_at: Time | None
    claims: list[str]
    disputes: list[str]
    stated: list[Publication]
    cite: str = Field(description="A line to cite it by, fit to print.")


class Words(BaseModel):
    """Words by where they stand: of an assertion, or at offsets into the text of a version or comment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    assertion: str | None = Field(default=None, max_length=100, examples=["ast-4f0c2a9d1b7e3c5a8f60"])
    text: str | None = Field(default=None, max_length=100, description="Id of a version or comment.")
    spans: list[Span] | None = Field(default=None, max_length=100)


class FiledDispute(BaseModel):
    """A dispute that the machine missed, as a person files it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["denial", "contradiction", "rebuttal", "doubt", "fact_check"]
    by: str | None = Field(
        default=None, max_length=100, description="Id of who raises it: an entity, outlet or account."
    )
    stated_in: Words = Field(description="Where the objection stands.")
    against: Words = Field(description="What it is against.")
    basis: str = Field(min_length=1, max_length=500)
    reviewer: str = Field(min_length=1, max_length=100, description="Who files it.")
    note: str | None = Field(default=None, max_length=5_000)


class Found(Answer):
    """One thing that a search found; `text` is its words, name or title."""

    type: Literal["claim", "assertion", "entity", "outlet", "account", "document"]
    id: str
    text: str
    score: float


class Listed(Answer, Generic[AnswerT]):
    """One page of a list. `next_cursor` is null on the last page."""

    items: list[AnswerT]
    next_cursor: str | None


class Health(Answer):
    """That the process answers."""

    status: Literal["ok"]


class Reason(Answer):
    """One thing that is wrong with a request."""

    name: str = Field(examples=["limit"])
    reason: str = Field(examples=["Input should be less than or equal to 200"])


class Problem(Answer):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["nothing in the graph has the id clm-0"])
    instance: str = Field(examples=["/claims/clm-0"])
    errors: list[Reason] = []

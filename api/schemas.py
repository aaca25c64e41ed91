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
    method: str = Field(description="Begins with `model:`, `rule:` or `structure:`.")
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
    claim: str | None
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


class ClaimDetail(Claim):
    """A claim with its sources."""

    sources: Sources


class SpeakerDetail(Answer):
    """Somebody who has asserted something."""

    id: str
    name: str
    kind: str
    aliases: list[str]
    site: str | None = Field(description="For an account: where its name is unique.")
    same_as: list[str] = Field(description="Ids of other nodes that are taken for the same.")
    assertion_count: int = Field(description="How many assertions, of all versions of pages.")


class Entity(Answer):
    """Somebody or something that is named."""

    id: str
    name: str
    kind: str
    aliases: list[str]
    same_as: list[str]
    text_count: int = Field(description="How many texts name it.")
    assertion_count: int = Field(description="How many assertions it has made.")


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

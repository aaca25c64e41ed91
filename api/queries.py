"""What may be asked of lists: their filters as pydantic models, checked alike for REST and the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from api import cursors
from api.schemas import AnswerT, Listed
from graph.driver import Row
from graph.read import NameKey, Page, ScoreKey, TimeKey, Words
from ingest.errors import OnRecordError
from ingest.model import Directness, DisputeKind, DocumentKind


class InvalidQueryError(OnRecordError):
    """A parameter that cannot be used, found out after pydantic's own checks."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


def _moment(end: bool) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            day = date.fromisoformat(value) if len(value) == len("2024-05-31") else None
            if day is not None:
                return datetime.combine(day, time.max if end else time.min, UTC)
            found = datetime.fromisoformat(value)
        except (ValueError, OverflowError):
            raise ValueError("must be a date (2024-05-31) or an RFC 3339 time (2024-05-31T12:00:00Z)") from None
        return found

    return parse


def _utc(value: datetime) -> datetime:
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        raise ValueError("is out of range") from None


def _words(value: str) -> str:
    Words.of(value)
    return value


Since = Annotated[datetime, BeforeValidator(_moment(end=False)), AfterValidator(_utc)]
Until = Annotated[datetime, BeforeValidator(_moment(end=True)), AfterValidator(_utc)]
Identity = Annotated[str, Field(min_length=1, max_length=100)]
Phrase = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_words)]

SpeakerKinds = Literal[
    "person", "organization", "place", "group", "event", "work", "product", "unnamed", "outlet", "account"
]
EntityKinds = Literal["person", "organization", "place", "group", "event", "work", "product", "unnamed", "outlet"]
Decision = Literal[
    "confirm",
    "reject",
    "reopen",
    "right",
    "wrong",
    "speaker",
    "same_claim",
    "different_claim",
    "same",
    "different",
    "move",
]
Statuses = Literal["candidate", "confirmed", "rejected"]
FoundKinds = Literal["claim", "assertion", "entity", "outlet", "account", "document"]


class Paging(BaseModel):
    """How much of a list, and from where on. A parameter that a list does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(default=50, ge=1, le=200, description="How many items at most.")
    cursor: str | None = Field(
        default=None, max_length=1000, description="`next_cursor` of the page before, with the same filters."
    )

    def filters(self) -> dict[str, Any]:
        """The filters that are set."""
        return self.model_dump(exclude={"limit", "cursor"}, exclude_none=True)


Q = Field(
    default=None,
    description='Words that must all be there, in any order and case; `"in quotes"`, as a phrase.',
    examples=["gas pipeline"],
)


class AssertionQuery(Paging):
    """Filters of assertions that every list of assertions and claims has; all that are set must hold."""

    since: Since | None = Field(
        default=None,
        description="Asserted at this time or later: a date or an RFC 3339 time. What has no known time is left out.",
        examples=["2024-05-01"],
    )
    until: Until | None = Field(
        default=None,
        description="Asserted at this time or earlier; a date means its whole day.",
        examples=["2024-05-31"],
    )
    directness: Directness | None = Field(default=None, description="`own` is what writers say themselves.")
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    judged: Literal["right", "wrong"] | None = Field(
        default=None, description="What a person said of it. What was judged `wrong` is left out unless asked for."
    )
    q: Phrase | None = Q


class Speaker(BaseModel):
    """Mixed into lists that can be of one speaker."""

    speaker: Identity | None = Field(default=None, description="Id of an entity, outlet or account that asserted it.")


class ByOutlet(BaseModel):
    """Mixed into lists that can be of one outlet."""

    outlet: Identity | None = Field(
        default=None, description="Id of an outlet that published the page or that the words came through."
    )


class ByEntity(BaseModel):
    """Mixed into lists that can be of one entity."""

    entity: Identity | None = Field(default=None, description="Id of an entity that is named in the words.")


class ByDocument(BaseModel):
    """Mixed into lists that can be of one document."""

    document: Identity | None = Field(default=None, description="Id of the page.")


class Disputed(BaseModel):
    """Mixed into lists of claims."""

    disputed: bool | None = Field(
        default=None, description="`true`: confirmed as disputed, or a candidate of confidence 0.5 or more."
    )


class AssertionFilters(AssertionQuery, Speaker, ByOutlet, ByEntity, ByDocument):
    """Filters of ``/assertions``."""

    claim: Identity | None = Field(default=None, description="Id of the claim that is expressed.")


class ClaimFilters(AssertionQuery, Speaker, ByOutlet, ByEntity, ByDocument, Disputed):
    """Filters of ``/claims``."""


class SpeakerClaimFilters(AssertionQuery, ByOutlet, ByEntity, ByDocument, Disputed):
    """Filters of ``/speakers/{id}/claims``."""


class OutletClaimFilters(AssertionQuery, Speaker, ByEntity, ByDocument, Disputed):
    """Filters of ``/outlets/{id}/claims``."""


class EntityClaimFilters(AssertionQuery, Speaker, ByOutlet, ByDocument, Disputed):
    """Filters of ``/entities/{id}/claims``."""


class DisputeFilters(Paging, ByDocument):
    """Filters of ``/disputes``; all that are set must hold."""

    kind: DisputeKind | None = None
    status: Statuses | None = Field(default=None, description="What the last review says; `candidate` without one.")
    speaker: Identity | None = Field(default=None, description="Id of an entity, outlet or account that raised it.")
    against: Identity | None = Field(default=None, description="Id of whoever asserted what it is against.")
    outlet: Identity | None = Field(
        default=None, description="Id of the outlet that published a page on which either side stands."
    )
    entity: Identity | None = Field(
        default=None, description="Id of an entity that is named in the words of either side."
    )
    claim: Identity | None = Field(default=None, description="Id of the claim that is disputed.")
    since: Since | None = Field(
        default=None,
        description="Stated at this time or later: of the words, else of their comment or page, else when it was read.",
        examples=["2024-05-01"],
    )
    until: Until | None = Field(default=None, description="Stated at this time or earlier.", examples=["2024-05-31"])
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    q: Phrase | None = Field(
        default=None, description="Words that must all be there, on either side.", examples=["oil imports"]
    )


class SpeakerFilters(Paging, ByDocument):
    """Filters of ``/speakers``."""

    kind: SpeakerKinds | None = None
    q: Phrase | None = Q


class OutletFilters(Paging, ByDocument):
    """Filters of ``/outlets``."""

    q: Phrase | None = Q


class EntityFilters(Paging, ByDocument):
    """Filters of ``/entities``."""

    kind: EntityKinds | None = None
    q: Phrase | None = Q


class DocumentFilters(Paging):
    """Filters of ``/documents``."""

    outlet: Identity | None = Field(default=None, description="Id of the outlet that published the page.")
    kind: DocumentKind | None = None
    since: Since | None = Field(default=None, description="Published at this time or later.", examples=["2024-05-01"])
    until: Until | None = Field(default=None, description="Published at this time or earlier.", examples=["2024-05-31"])
    q: Phrase | None = Field(default=None, description="Words of the title.", examples=["summit"])


class ReviewFilters(Paging):
    """Filters of ``/reviews``."""

    of: Identity | None = Field(default=None, description="Id of what was judged, or of the other of a pair.")
    reviewer: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    decision: Decision | None = None
    since: Since | None = Field(default=None, description="Decided at this time or later.", examples=["2024-05-01"])
    until: Until | None = Field(default=None, description="Decided at this time or earlier.", examples=["2024-05-31"])


class ReviewBody(BaseModel):
    """What a person decides. Which decisions there are depends on what is judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decision: Decision = Field(examples=["confirm"])
    other: Identity | None = Field(
        default=None,
        alias="with",
        description="For decisions about two: the right speaker, the other assertion, claim or entity, or the page.",
    )
    note: Annotated[str, Field(max_length=10_000)] | None = Field(default=None, description="Why.")
    reviewer: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")] = Field(description="Who decides.")


class SearchFilters(Paging):
    """Parameters of ``/search``."""

    q: Phrase = Field(description='Words that must all be there; `"in quotes"`, as a phrase.', examples=["pipeline"])
    kind: FoundKinds | None = Field(default=None, description="Only this kind; without it all but assertions.")


def time_key(name: str, query: Paging) -> TimeKey | None:
    """The key in a cursor of a list that is ordered by times; ``None`` without a cursor.

    Raises:
        InvalidQueryError: the cursor is another list's, or none at all.
    """
    key: TimeKey | None = _key(name, query, datetime, str)
    return key


def name_key(name: str, query: Paging) -> NameKey | None:
    """Likewise, for a list that is ordered by names."""
    key: NameKey | None = _key(name, query, str, str)
    return key


def score_key(name: str, query: Paging) -> ScoreKey | None:
    """Likewise, for a list that is ordered by scores."""
    key: ScoreKey | None = _key(name, query, float, str)
    return key


def _key(name: str, query: Paging, *types: type) -> Any:
    if query.cursor is None:
        return None
    try:
        return cursors.decode(query.cursor, cursors.fingerprint(name, query.filters()), types)
    except cursors.CursorError as error:
        raise InvalidQueryError("cursor", str(error)) from None


def listed(name: str, query: Paging, page: Page[Any], view: Callable[[Row], AnswerT]) -> Listed[AnswerT]:
    """The answer with one page of a list."""
    cursor = page.next and cursors.encode(cursors.fingerprint(name, query.filters()), page.next)
    return Listed(items=[view(row) for row in page.rows], next_cursor=cursor)

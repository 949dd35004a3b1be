"""The envelope that every fact carries for ever."""

from datetime import UTC, date, datetime

from msgspec import Struct

from ledger.domain.ids import ActorId, EventId
from ledger.domain.text import Code, Digest, Tag, Trace

UNSTAMPED = datetime(1970, 1, 1, tzinfo=UTC)


class Cause(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """Why a fact was recorded.

    `request` is the tag under which the same request finds its answer, `fingerprint` a digest of what was asked
    (salted where that holds personal data), `batch` the run of an import, `trace` the id of the HTTP request.
    """

    request: Tag | None = None
    fingerprint: Digest | None = None
    batch: Code | None = None
    trace: Trace | None = None


class Event(Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True, gc=False):
    """One immutable fact. It holds nothing that could point back to it, so the collector of cycles is spared it.

    `at` is when the log learned it (UTC, never decreasing along positions), `on` the local day on which it takes
    effect, `by` the one who acted. A decision leaves `id`, `at`, `by` and `cause` to the log, which stamps them.
    """

    id: EventId = ""
    at: datetime = UNSTAMPED
    on: date
    by: ActorId = ""
    cause: Cause = Cause()

    def own_tags(self) -> tuple[str, ...]:
        """The tags that the event's own fields give."""
        raise NotImplementedError

    def tags(self) -> tuple[str, ...]:
        """Every tag under which the log finds this fact."""
        own = self.own_tags()
        return own if self.cause.request is None else (*own, self.cause.request)

"""The one way in: commands become facts, or are refused."""

import contextlib
import hashlib
from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from ledger.domain.commands import Command, Malformed, Refusal
from ledger.domain.ids import ActorId, new_event_id
from ledger.domain.text import Code, Digest, Label, Trace
from ledger.store import log
from ledger.store.boundaries import Boundaries
from ledger.store.codec import Recorded
from ledger.store.deciding import Ask, DecisionBatch, KeyReused, NotOpen, Outcome, Receipt
from ledger.store.decoders import decoder_of
from ledger.store.group import GroupCommit, Ticket
from ledger.store.log import Log
from ledger.store.views import InlineView

__all__ = [
    "AnswerAsks",
    "Ask",
    "Committed",
    "KeyReused",
    "NotOpen",
    "Receipt",
    "TimeBank",
    "checked",
    "request_tag",
    "utc_now",
]


_UNFIT = "this is too long, of the wrong form, or holds characters that cannot be seen"

Committed = Callable[[int, Sequence[Recorded]], None]
"""Is told of a commit: how many commands shared it, and the facts that it holds. It must not raise."""

_TRIAL: Sequence[Ask] = tuple[Ask]()
"""What `try_to_write` queues; told apart by being itself."""

AnswerAsks = Callable[[Iterable[Ask]], list[Receipt | Refusal]]
"""Something that answers asks as `TimeBank.handle_many` does."""


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


def request_tag(by: str, key: str) -> str:
    """The tag of an actor's own idempotency key."""
    return "request:" + hashlib.sha256(f"{by}\x00{key}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


class TimeBank:
    """Takes commands, decides them one after the other under the log's lock, and commits those that wait together."""

    def __init__(
        self,
        log: Log,
        views: Sequence[InlineView],
        *,
        now: Callable[[], datetime] = utc_now,
        event_id: Callable[[], str] = new_event_id,
    ) -> None:
        """`views` are folded with every commit; `now` is the clock (UTC) and `event_id` the source of event ids."""
        self._log = log
        self._views = views
        self._now = now
        self._event_id = event_id
        self._committed: list[Committed] = []
        self._boundaries = Boundaries()
        self._failed = False
        self._writer: GroupCommit[Sequence[Ask], list[Outcome]] = GroupCommit(
            self._commit, size=len, whose=_asker
        )

    def handle(self, command: Command, *, by: str, key: str | None = None) -> Receipt:
        """Record what follows from a command, or raise its Refusal.

        With a `key`, the same request by the same actor gets the first answer again, and another one KeyReused.
        Raises StoreUnavailable if the store failed: then a retry with the key records it once, whatever happened.
        """
        once = None if key is None else request_tag(by, key)
        outcome = self.submit([Ask(command, by, once)]).result()[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def handle_many(self, asks: Iterable[Ask]) -> list[Receipt | Refusal]:
        """An outcome for each ask, in order, in one commit; a refusal harms no other."""
        return _told(self.submit(list(asks)).result())

    def submit(self, asks: Sequence[Ask]) -> Ticket[list[Outcome]]:
        """Queue asks for the next commit; a malformed one is refused with InvalidInput."""
        return self._writer.submit([checked(ask) for ask in asks])

    def try_to_write(self) -> Ticket[list[Outcome]]:
        """Queue a commit that changes nothing, of its own; its outcomes are none, or what kept it from the disk."""
        return self._writer.submit(_TRIAL)

    def tell_of_commits(self, committed: Committed) -> None:
        """Have `committed` called after each commit, on the writer's thread and before anybody is answered."""
        self._committed.append(committed)

    @contextlib.contextmanager
    def rehearsal(self) -> Generator[AnswerAsks]:
        """What `handle_many` would answer from now on, call after call: nothing is recorded and no lock is taken."""
        with self._log.store.snapshot() as connection:
            deciding = DecisionBatch(connection, Boundaries(), self._now, self._event_id)
            yield lambda asks: _told(deciding.decide_all([checked(ask) for ask in asks]))

    def close(self) -> None:
        """Finish what was asked, then stop."""
        self._writer.close()

    def _commit(self, groups: Sequence[Sequence[Ask]]) -> list[list[Outcome]]:
        asked = [group for group in groups if group is not _TRIAL]
        heard = iter(self._decided(asked) if asked else ())
        # After the others, whom it can keep from nothing.
        tried = self._tried() if len(asked) < len(groups) else []
        return [tried if group is _TRIAL else next(heard) for group in groups]

    def _tried(self) -> list[Outcome]:
        try:
            with self._log.appending() as connection:
                for view in self._views:
                    view.try_to_write(connection, thoroughly=self._failed)
        except Exception as error:
            # Whatever it is, those who were heard before it are answered.
            self._failed = True
            return [error]
        self._failed = False
        return []

    def _decided(self, groups: Sequence[Sequence[Ask]]) -> list[list[Outcome]]:
        try:
            with self._log.appending() as connection:
                deciding = DecisionBatch(connection, self._boundaries, self._now, self._event_id)
                outcomes = deciding.decide_all([ask for group in groups for ask in group])
                if deciding.rows:
                    log.insert(connection, deciding.rows)
                    for view in self._views:
                        view.apply(connection, deciding.recorded)
        except BaseException:
            self._boundaries.forget()
            self._failed = True
            raise
        self._boundaries.saved()
        for committed in self._committed:
            committed(len(outcomes), deciding.recorded)
        remaining = iter(outcomes)
        return [[next(remaining) for _ in group] for group in groups]


def _asker(asks: Sequence[Ask]) -> str:
    return asks[0].by if asks else ""


def _told(outcomes: Iterable[Outcome]) -> list[Receipt | Refusal]:
    told: list[Receipt | Refusal] = []
    for outcome in outcomes:
        if not isinstance(outcome, Receipt | Refusal):
            raise outcome
        told.append(outcome)
    return told


class _Envelope(msgspec.Struct, frozen=True):
    by: ActorId
    once: Label | None
    fingerprint: Digest | None
    batch: Code | None
    trace: Trace | None


# Described here and now: threads convert to it at once.
decoder_of(_Envelope)


def checked(ask: Ask) -> Ask:
    """The ask as it reads once it has been bytes, so that every bound of every field holds.

    If one does not hold, an ask that will be refused in its turn.
    """
    if isinstance(ask.command, Malformed) and not ask.by:
        # It was looked at before.
        return ask
    try:
        msgspec.convert(ask._asdict(), _Envelope)
        return ask._replace(command=_reread(ask.command))
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$.")
        # A pattern tells people nothing.
        reason = _UNFIT if "regex" in reason else reason.replace("`", "")
        return Ask(Malformed(field=where.rstrip("`") or "command", reason=reason), by="")
    except (OverflowError, TypeError, ValueError) as error:
        return Ask(Malformed(field="command", reason=str(error)), by="")


def _reread(command: Command) -> Command:
    try:
        return decoder_of(type(command)).decode(msgspec.json.encode(command))
    except ValueError:
        # What cannot be encoded at all, such as half a surrogate pair: this way the field is named.
        msgspec.convert(msgspec.to_builtins(command), type(command))
        raise

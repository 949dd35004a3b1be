"""What shows that nothing before was changed: the head, the checkpoints, their key, and how they go on."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct, field

from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.notes import VerifierKey, read, verifier_key
from ledger.audit.signing import latest_note, note_of, notes_before
from ledger.bootstrap import Ledger
from ledger.opening import public_name
from ledger.operations.access import ANYBODY
from ledger.operations.cursors import Number
from ledger.operations.paging import Order, Page, PageQuery, one_by_one, page
from ledger.operations.question import Moment, Query, Question
from ledger.operations.refused import Fault, Problem, there, wrong
from ledger.store.errors import NoKey
from ledger.store.keys import public_key
from ledger.store.merkle import consistency_proof

_MOST = 2**63 - 1
_MOST_DIGITS = 15
LATEST = "latest"
Size = Annotated[int, Meta(ge=1, le=_MOST)]


class Head(Struct, frozen=True, kw_only=True):
    """All that the ledger holds now: `size` events, and the root of their tree, in base64.

    `name` is what it is called in public, null where nobody gave it a name, and `origin` what it signs by. `signed` is
    the size of the last checkpoint, null where there is none.
    """

    name: str | None
    origin: str
    size: int
    root: str
    signed: int | None


class SignedCheckpoint(Struct, frozen=True, kw_only=True):
    """A checkpoint of `size` events: a signed note (C2SP tlog-checkpoint), to be kept as it is."""

    size: int
    checkpoint: str


class PublicKey(Struct, frozen=True, kw_only=True):
    """The key that checkpoints are verified with, as verifiers take it: name+id+base64."""

    verifier_key: str


class Consistency(Struct, frozen=True, kw_only=True):
    """The proof that the first `from` events begin the first `to` (RFC 9162, section 2.1.4); hashes in base64."""

    from_: int = field(name="from")
    to: int
    from_root: str
    to_root: str
    proof: list[str]


class ConsistencyQuery(Query, frozen=True, kw_only=True):
    """Between the tree of the first `from` events and that of the first `to`, all there are unless said."""

    from_: Size = field(name="from")
    to: Size | None = None


def _head(moment: Moment) -> Head:
    tree, note = moment.views.tree, latest_note(moment.connection)
    size = tree.size(moment.connection)
    return Head(
        name=public_name(moment.connection),
        origin=moment.ledger.opened().origin,
        size=size,
        root=base64_of(tree.look(moment.connection).root(size)),
        signed=None if note is None else signed_checkpoint(note).size,
    )


_NEWEST: Order[str, int] = Order(Number, lambda note: signed_checkpoint(note).size, falling=True)


def _checkpoints(moment: Moment) -> Page[SignedCheckpoint]:
    def read(before: int | None, limit: int) -> Sequence[str]:
        return notes_before(moment.connection, before or _MOST, limit)

    return page(moment, read, _NEWEST, one_by_one(signed_checkpoint))


def _checkpoint(moment: Moment) -> SignedCheckpoint:
    asked, connection = moment.ids["size"], moment.connection
    note = latest_note(connection) if asked == LATEST else note_of(connection, number_asked(asked))
    return signed_checkpoint(there(note))


def published(ledger: Ledger) -> VerifierKey:
    """The public key with which the ledger's checkpoints are verified; raises NoKey."""
    return verifier_key(ledger.opened().origin, public_key(ledger.settings.checkpoint_key_file()))


def _key(moment: Moment) -> PublicKey:
    try:
        return PublicKey(verifier_key=str(published(moment.ledger)))
    except NoKey:
        raise Problem("no-checkpoint-key") from None


def _consistency(moment: Moment) -> Consistency:
    tree, query = moment.views.tree, moment.query
    size = tree.size(moment.connection)
    to = query.to or size
    if to > size:
        raise wrong(Fault(f"there are {size} events", f"共有 {size} 个事件", parameter="to"))
    if query.from_ > to:
        raise wrong(Fault(f"it is {to} at most", f"最大为 {to}", parameter="from"))
    nodes = tree.look(moment.connection)
    return Consistency(
        from_=query.from_,
        to=to,
        from_root=base64_of(nodes.root(query.from_)),
        to_root=base64_of(nodes.root(to)),
        proof=[base64_of(one) for one in consistency_proof(query.from_, to, nodes.subtree)],
    )


def number_asked(text: str) -> int:
    """The position or size in a path; raises the Problem of what is not there for what is none."""
    number = int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else 0
    if number < 1 or str(number) != text:
        raise Problem("not-found")
    return number


def signed_checkpoint(note: str) -> SignedCheckpoint:
    """A checkpoint as it is told."""
    return SignedCheckpoint(size=read_checkpoint(read(note).text).size, checkpoint=note)


def base64_of(one: bytes) -> str:
    """A hash as it is told."""
    return b64encode(one).decode()


QUESTIONS = (
    Question(name="getHead", answers=Head, views=("tree",), access=ANYBODY, tell=_head, remembered=False),
    Question(
        name="listCheckpoints",
        answers=Page[SignedCheckpoint],
        views=("tree",),
        access=ANYBODY,
        tell=_checkpoints,
        query=PageQuery,
        remembered=False,
    ),
    Question(
        name="getCheckpoint",
        subject=("size",),
        answers=SignedCheckpoint,
        views=("tree",),
        access=ANYBODY,
        tell=_checkpoint,
        example={"size": LATEST},
        remembered=False,
        plain="checkpoint",
    ),
    Question(
        name="getCheckpointKey",
        answers=PublicKey,
        views=("tree",),
        access=ANYBODY,
        tell=_key,
        remembered=False,
        plain="verifier_key",
        problems=("no-checkpoint-key",),
    ),
    Question(
        name="getConsistency",
        answers=Consistency,
        views=("tree",),
        access=ANYBODY,
        tell=_consistency,
        query=ConsistencyQuery,
        example={"query": {"from": 10, "to": 20}},
    ),
)

"""Receipts: that events stand in the log, for whoever keeps them."""

from msgspec import Struct

from ledger.audit.proving import NoCheckpoint, NotCovered, Proved, prove
from ledger.operations.access import Access
from ledger.operations.callers import WHOLE, Role
from ledger.operations.proofs.checkpoints import Size, base64_of, number_asked
from ledger.operations.question import Moment, Query, Question
from ledger.operations.refused import Fault, Problem, wrong
from ledger.operations.service.service import READ_BY_ITS_OWN, VIEWS

BY_AUDITORS = Access(roles=WHOLE | {Role.AUDITOR})
"""The stored texts of any events: they are of people everywhere."""


class Inclusion(Struct, frozen=True, kw_only=True):
    """The proof that an event is number `index` (from 0) of the `size` that a checkpoint covers; hashes in base64.

    `event` is its stored text, and `receipt` the whole proof as a file (C2SP tlog-proof).
    """

    size: int
    index: int
    proof: list[str]
    event: str
    receipt: str


class FactReceipt(Struct, frozen=True, kw_only=True):
    """The stored text of a fact, and the proof that it stands in the log (C2SP tlog-proof)."""

    position: int
    event: str
    receipt: str


class RecordReceipt(Struct, frozen=True, kw_only=True):
    """The proofs of all facts about a record, from the report to a reversal, beneath a checkpoint of `size` events."""

    record: str
    size: int
    facts: list[FactReceipt]


class ProofQuery(Query, frozen=True, kw_only=True):
    """By the checkpoint of so many events; by the last one unless said."""

    size: Size | None = None


def _inclusion(moment: Moment) -> Inclusion:
    position = number_asked(moment.ids["position"])
    if position > moment.views.tree.size(moment.connection):
        raise Problem("not-found")
    (proved,) = _proved(moment, [position], moment.query.size)
    return Inclusion(
        size=proved.size,
        index=proved.receipt.leaf,
        proof=[base64_of(one) for one in proved.receipt.proof],
        event=proved.data,
        receipt=proved.receipt.text(),
    )


def _record_receipt(moment: Moment) -> RecordReceipt:
    record = moment.ids["record"]
    steps = moment.views.records.steps(moment.connection, [record])
    if record not in steps:
        raise Problem("not-found")
    positions = sorted({one for one in steps[record] if one is not None})
    proved = _proved(moment, positions, moment.query.size)
    return RecordReceipt(
        record=record,
        size=proved[0].size,
        facts=[
            FactReceipt(position=one.receipt.leaf + 1, event=one.data, receipt=one.receipt.text())
            for one in proved
        ],
    )


def _proved(moment: Moment, positions: list[int], size: int | None) -> list[Proved]:
    try:
        return prove(moment.connection, moment.views.tree, positions, size)
    except NoCheckpoint:
        raise wrong(Fault("no checkpoint has this size", "没有这一大小的检查点", parameter="size")) from None
    except NotCovered as error:
        raise Problem(
            "not-signed",
            f"The checkpoint covers {error.size} events, and not all that was asked for.",
            f"检查点涵盖 {error.size} 个事件，未涵盖所查询的全部内容。",
            details={"signed": error.size},
        ) from None


QUESTIONS = (
    Question(
        name="getProof",
        subject=("position",),
        answers=Inclusion,
        views=("tree",),
        access=BY_AUDITORS,
        tell=_inclusion,
        query=ProofQuery,
        example={"position": 7},
        remembered=False,
        proves=True,
        plain="receipt",
        problems=("not-signed",),
    ),
    Question(
        name="getRecordReceipt",
        subject=("record",),
        answers=RecordReceipt,
        views=("tree", *VIEWS),
        access=READ_BY_ITS_OWN,
        tell=_record_receipt,
        query=ProofQuery,
        example={"record": "rec_ann"},
        remembered=False,
        proves=True,
        problems=("not-signed",),
    ),
)

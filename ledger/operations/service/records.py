"""Service records as they are shown, one or many at once."""

from collections.abc import Sequence
from typing import get_type_hints

from msgspec import Struct

from ledger.operations.question import Moment
from ledger.operations.shapes import shaped, shown
from projections.record_details import Detail, details
from projections.records import RecordRow

ServiceRecord = shaped(
    "ServiceRecord",
    RecordRow,
    """One service record: `day` (ISO) is its first, `minutes` those of all its `days`.

    `state` is reported, approved, declined, attested or reversed; `decided_by` and `decided_at` are null while it waits
    for a decision. `reason` is the code with which it was declined or reversed. Instants are UTC (RFC 3339).
    `hosted_by` is the community in which it was held, where that is known.
    """,
    **get_type_hints(Detail),
)


def record_items(moment: Moment, rows: Sequence[RecordRow]) -> list[Struct]:
    """What is shown of records."""
    more = details(moment.connection, moment.views.records, [one.id for one in rows])
    return [shown(ServiceRecord, one, **more[one.id]._asdict()) for one in rows]

"""Holds whose time is over, released together."""

import sys
from collections.abc import Mapping, Sequence

from msgspec import Struct

from ledger.domain.redemptions import ExpireRedemption
from ledger.operations.access import Access, reaches
from ledger.operations.callers import STAFF
from ledger.operations.meaning import Meaning
from ledger.operations.several import Part, Several


class ExpireDue(Struct, frozen=True, forbid_unknown_fields=True):
    """Release every hold whose time is over: nothing more is said."""


def _due(meaning: Meaning, _: Mapping[str, str], __: Struct) -> Sequence[Part]:
    """All that a caller reaches, each judged by itself."""
    sight = meaning.sight
    rows = sight.views.redemptions.due(sight.connection, sight.today, limit=sys.maxsize)
    return [
        Part(row.id, ExpireRedemption(redemption=row.id))
        for row in rows
        if reaches("redemption", row.id, meaning.caller, sight)
    ]


SEVERAL = (
    Several(
        name="expireDueRedemptions",
        body=ExpireDue,
        parts=_due,
        access=Access(roles=STAFF),
        example={"body": {}},
    ),
)

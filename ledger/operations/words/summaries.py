"""What each operation does, in a sentence, by its name."""

from collections.abc import Mapping

from ledger.operations.words import (
    summaries_audit,
    summaries_credits,
    summaries_figures,
    summaries_people,
    summaries_service,
)
from ledger.operations.words.said import Said

SUMMARIES: Mapping[str, Said] = {
    **summaries_audit.SUMMARIES,
    **summaries_credits.SUMMARIES,
    **summaries_figures.SUMMARIES,
    **summaries_people.SUMMARIES,
    **summaries_service.SUMMARIES,
}

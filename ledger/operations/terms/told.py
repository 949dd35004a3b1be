"""Codes in refusals by what they are called: `讲解员 (guide)`, as things stand there by their names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.bootstrap import Ledger
from ledger.domain.commands import Refusal
from ledger.domain.events import TermKind
from ledger.operations.terms.coded import KINDS_BY_FIELD
from ledger.operations.terms.known import labels
from ledger.operations.words.said import Said

_SEVERAL = {"roles": TermKind.ROLE}
_BETWEEN: Said = (", ", "、")


def speaks_of_codes(outcome: Any) -> bool:
    """Whether an outcome is a refusal whose sentence names the code of a term."""
    return isinstance(outcome, Refusal) and any(_codes(outcome))


def label_codes(ledger: Ledger, outcomes: Sequence[Any]) -> None:
    """Have each refusal among some outcomes tell its codes with what they are called; its details stay codes."""
    some = [one for one in outcomes if speaks_of_codes(one)]
    if not some:
        return
    # Not through `reading`: a refusal is told even if a view broke.
    with ledger.log.store.snapshot() as connection:
        for refusal in some:
            refusal.called = {
                field: _joined([called(code, labels(ledger.views, connection, kind)) for code in codes])
                for field, kind, codes in _codes(refusal)
            }


def _codes(refusal: Refusal) -> Iterator[tuple[str, TermKind, list[str]]]:
    """The details that are codes, each by its field, with the kind that it is of."""
    for field, value in refusal.details.items():
        if isinstance(value, str) and field in _SEVERAL:
            yield field, _SEVERAL[field], value.split(", ")
        elif isinstance(value, str) and field in KINDS_BY_FIELD and f"{{{field}}}" in refusal.en:
            yield field, KINDS_BY_FIELD[field], [value]


def called(code: str, known: Mapping[str, Said]) -> Said:
    """A code by what it is called, itself beside: `讲解员 (guide)`."""
    en, zh = (label if label == code else f"{label} ({code})" for label in known.get(code, (code, code)))
    return en, zh


def _joined(some: Sequence[Said]) -> Said:
    english, chinese = zip(*some, strict=True)
    return _BETWEEN[0].join(english), _BETWEEN[1].join(chinese)

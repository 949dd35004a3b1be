"""What an office calls the codes of kinds, roles, posts and reasons."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import Connection, bindparam, select

from ledger.domain.events import TermDefined
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.prepared import Prepared
from projections.view import View, text_column


class Term(NamedTuple):
    """What a code of a kind is called, in Chinese and in English."""

    kind: str
    code: str
    zh: str
    en: str


class Terms(View):
    """A row for every code that was ever given labels here, with the last ones."""

    name = "terms"
    types: ClassVar = frozenset({TermDefined})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.terms = self.table(
            "term",
            text_column("kind", key=True),
            text_column("code", key=True),
            text_column("zh"),
            text_column("en"),
        )
        self._put = Bulk(self.terms, put=("zh", "en"))
        row = self.terms.c
        self._all = Prepared(select(self.terms).order_by(row.kind, row.code))
        self._of_kind = Prepared(select(self.terms).where(row.kind == bindparam("kind")).order_by(row.code))

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Keep the last labels of each code."""
        last: dict[tuple[str, str], Term] = {}
        for _, event, _ in batch:
            assert isinstance(event, TermDefined)
            last[event.kind, event.code] = Term(event.kind, event.code, event.zh, event.en)
        self._put.run(connection, list(last.values()))

    def all(self, connection: Connection, kind: str | None = None) -> list[Term]:
        """Every term, of one kind if told, by kind and code: an office has tens of them."""
        if kind is None:
            return [Term(*row) for row in self._all.rows(connection, {})]
        return [Term(*row) for row in self._of_kind.rows(connection, {"kind": kind})]

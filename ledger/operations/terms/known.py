"""What the codes of a kind are called: the field's own words, and an office's."""

from collections.abc import Mapping

from sqlalchemy import Connection

from ledger.operations.words.said import Said
from ledger.operations.words.terms import TERMS
from projections.registry import Views
from projections.running import states


def labels(views: Views, connection: Connection, kind: str) -> Mapping[str, Said]:
    """What the codes of a kind are called, in English and in Chinese; an office's own words win over the field's.

    Where the view does not stand, as in a ledger that an older release wrote, the field's alone.
    """
    state = states.read(connection).get(views.terms.name)
    if state is None or state.version != views.terms.version:
        return TERMS[kind]
    own = {term.code: (term.en, term.zh) for term in views.terms.all(connection, kind)}
    return {**TERMS[kind], **own}

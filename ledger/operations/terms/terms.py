"""What codes are called: the words that the field knows, and those that an office has given to its own."""

from msgspec import Struct

from ledger.domain.events import TermKind
from ledger.domain.terms import DefineTerm
from ledger.operations.access import ANYBODY, Access
from ledger.operations.action import Action
from ledger.operations.callers import Role
from ledger.operations.cursors import Text
from ledger.operations.paging import Order, Page, PageQuery, one_by_one, page_of
from ledger.operations.question import Moment, Question
from ledger.operations.terms.known import labels

BY_THE_OFFICE = Access(roles=frozenset({Role.ADMIN}))


class TermItem(Struct, frozen=True, kw_only=True):
    """What a code of a kind is called; `own` where an office has said so here, and not only the field."""

    kind: TermKind
    code: str
    zh: str
    en: str
    own: bool


class TermQuery(PageQuery, frozen=True, kw_only=True):
    """Terms by kind and code: with `kind` those of one."""

    kind: TermKind | None = None


_BY_CODE: Order[TermItem, tuple[str, str]] = Order(tuple[Text, Text], lambda one: (one.kind, one.code))


def _terms(moment: Moment) -> Page[Struct]:
    query: TermQuery = moment.query
    own = {(term.kind, term.code) for term in moment.views.terms.all(moment.connection)}
    found = [
        TermItem(kind=kind, code=code, zh=zh, en=en, own=(kind, code) in own)
        for kind in TermKind
        if query.kind in {None, kind}
        for code, (en, zh) in labels(moment.views, moment.connection, kind).items()
    ]
    found.sort(key=_BY_CODE.place)
    return page_of(moment, found, _BY_CODE, one_by_one(lambda one: one))


QUESTIONS = (
    Question(
        name="listTerms",
        answers=Page[TermItem],
        views=("terms",),
        access=ANYBODY,
        tell=_terms,
        query=TermQuery,
        example={"query": {"kind": "role"}},
    ),
)

ACTIONS = (
    Action(
        name="defineTerm",
        command=DefineTerm,
        access=BY_THE_OFFICE,
        example={"body": {"kind": "role", "code": "lantern-maker", "zh": "扎灯师傅", "en": "lantern maker"}},
    ),
)

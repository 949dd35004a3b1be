"""Where a volunteer's minutes come from."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ledger.audit.explained import ExplainedLine
from ledger.audit.explanations import Explanation
from ledger.domain.events import TermKind
from ledger.operations.clocks import Known, clocks_of
from ledger.operations.cursors import Number
from ledger.operations.paging import Order, PageQuery, page
from ledger.operations.people.volunteers import EXAMPLE, OF_THE_VOLUNTEER
from ledger.operations.question import Moment, Question, always
from ledger.operations.refused import there
from ledger.operations.terms.known import labels
from projections.figures.both_books import balance_at


class ExplanationPage(Struct, frozen=True, kw_only=True):
    """Some of the lines of both books, and what all of them add up to, in minutes.

    `adds_up` says whether that is the balance, which is shown elsewhere and by the same clocks.
    """

    volunteer: str
    service_minutes: int
    credit_minutes: int
    adds_up: bool
    items: Sequence[ExplainedLine]
    next_cursor: str | None


class ExplanationQuery(PageQuery, frozen=True, kw_only=True):
    """Lines by the two clocks."""

    as_of: date | None = None
    known_at: Known = None


# A line keeps its number, by any clock: it is that of the statement, to which lines are only added.
_AS_BOOKED: Order[ExplainedLine, int] = Order(Number, lambda line: line.line)


def _explanation(moment: Moment) -> ExplanationPage:
    volunteer, clocks = moment.ids["volunteer"], clocks_of(moment)
    held = there(balance_at(moment.connection, moment.views, volunteer, clocks))
    reasons = labels(moment.views, moment.connection, TermKind.REASON)
    explanation = Explanation(moment.connection, volunteer, clocks, reasons)

    def read(after: int | None, limit: int) -> Sequence[ExplainedLine]:
        return explanation.some(after or 0, limit, moment.language)

    found = page(moment, read, _AS_BOOKED, lambda _, lines: lines)
    return ExplanationPage(
        volunteer=volunteer,
        **explanation.balance._asdict(),
        adds_up=explanation.balance == held,
        items=found.items,
        next_cursor=found.next_cursor,
    )


QUESTIONS = (
    Question(
        name="getExplanation",
        subject=("volunteer",),
        answers=ExplanationPage,
        views=("balances", "statement", "members", "communities", "terms"),
        access=OF_THE_VOLUNTEER,
        tell=_explanation,
        query=ExplanationQuery,
        example={"volunteer": EXAMPLE},
        costly=always,
    ),
)

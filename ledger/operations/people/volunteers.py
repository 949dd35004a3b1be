"""What a volunteer's portal asks for first: both their books."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Select

from ledger.operations.access import About, Access
from ledger.operations.callers import Caller, Role
from ledger.operations.clocks import ClockQuery, PeriodClockPageQuery, clocks_of, of_the_past
from ledger.operations.cursors import Number
from ledger.operations.figures.periods import period_of
from ledger.operations.meaning import ME
from ledger.operations.paging import Order, Page, page
from ledger.operations.question import Figures, Found, Held, Moment, OneQuery, Question
from ledger.operations.refused import there
from ledger.operations.shapes import each, shaped, shown
from projections.figures.both_books import balance_at
from projections.figures.clocks import Clocks
from projections.figures.periods import ALL
from projections.lines import Booked, Line
from projections.lines import told as line_told
from projections.policies import read_policy
from projections.registry import Views
from projections.statement import Some

OF_THE_VOLUNTEER = Access(roles=frozenset(Role), about=(About("volunteer", "volunteer"),))
EXAMPLE = "vol_ann"

_SHORT_PAGE = 50


class Balance(Struct, frozen=True, kw_only=True):
    """A volunteer's two books, in minutes, and the stars that the service comes to under the policy in force."""

    volunteer: str
    service_minutes: int
    credit_minutes: int
    stars: int


StatementLine = shaped("StatementLine", Line)


class StatementQuery(PeriodClockPageQuery, frozen=True, kw_only=True):
    """Lines of a `period`, by day of service; in the `order` of booking, the oldest or the newest first.

    By the two clocks, running balances are those of the lines that count.
    """

    order: Literal["oldest", "newest"] = "oldest"


def registered(moment: Moment) -> str:
    """The volunteer that the path names; raises the Problem `not-found` where nobody is registered under the id."""
    volunteer = moment.ids["volunteer"]
    there(moment.views.members.registered(moment.connection, volunteer))
    return volunteer


def _balance(moment: Moment) -> Balance:
    views, volunteer = moment.views, moment.ids["volunteer"]
    clocks = clocks_of(moment)
    held = there(balance_at(moment.connection, views, volunteer, clocks))
    day = clocks.as_of or moment.today
    policy = views.policies.in_force(moment.connection, day, clocks.known_at)
    stars = 0 if policy is None else policy.stars_for(held.service_minutes)
    return Balance(volunteer=volunteer, **held._asdict(), stars=stars)


def whose(caller: Caller, ids: Mapping[str, str]) -> str | None:
    """The volunteer whose balance a path names, for whoever reaches it without a look at the tree of communities."""
    volunteer = ids["volunteer"]
    if caller.role is Role.VOLUNTEER:
        return caller.actor if volunteer in (ME, caller.actor) else None
    return None if caller.role is Role.COORDINATOR else volunteer


def _shown_balance(held: Held) -> Balance:
    return Balance(
        volunteer=held.volunteer,
        service_minutes=held.service_minutes,
        credit_minutes=held.credit_minutes,
        stars=held.stars,
    )


# A line keeps its number, by any clock and in any period: lines are only added, each after all of its volunteer's.
_AS_BOOKED: Order[Line, int] = Order(Number, lambda line: line.line)


def _statement(moment: Moment) -> Page[Struct]:
    volunteer, period, views = moment.ids["volunteer"], period_of(moment), moment.views
    newest, clocks = moment.query.order == "newest", clocks_of(moment)

    def read(after: int | None, limit: int) -> list[Line]:
        some = Some(after or 0, limit, newest, period, clocks)
        lines = views.statement.some(moment.connection, volunteer, some)
        # Whoever has a line is somebody.
        if not lines:
            there(views.balances.get(moment.connection, volunteer))
        return lines

    return page(moment, read, _AS_BOOKED, each(StatementLine))


def _lines_by_one_query(*, newest: bool) -> OneQuery:
    def values(query: StatementQuery, _: date) -> Mapping[str, object] | None:
        if not _reads_one_page(query) or query.cursor is not None or (query.order == "newest") != newest:
            return None
        return Some(limit=query.limit + 1, newest=newest).values

    def told(found: Found) -> Struct | None:
        # A cursor to more is for the general way to seal.
        if not found.rows or len(found.rows) > found.query.limit:
            return None
        lines = [line_told(found.volunteer, Booked(*row), data) for *row, data in found.rows]
        lines.sort(key=lambda line: line.line, reverse=newest)
        return Page([shown(StatementLine, line) for line in lines], None)

    def lines(views: Views) -> Select[*tuple[Any, ...]]:
        return views.statement.booked.told[newest]

    return OneQuery(whose, lines, values, told)


def _sums_with_policy(views: Views) -> Select[*tuple[Any, ...]]:
    return views.statement.sums.add_columns(views.policies.body_as_of)


def _balance_as_of(query: ClockQuery, _: date) -> Mapping[str, object] | None:
    return None if query.as_of is None or query.known_at is not None else Clocks(query.as_of).bounds


def _told_as_of(found: Found) -> Struct | None:
    ((service, credit, body),) = found.rows
    if service is None:
        return None
    stars = 0 if body is None else read_policy(body).stars_for(int(service))
    return Balance(
        volunteer=found.volunteer, service_minutes=int(service), credit_minutes=int(credit), stars=stars
    )


def _sums_own_lines(query: ClockQuery) -> bool:
    """Whether a balance needs no search for a position among all facts."""
    return query.known_at is None


def _reads_one_page(query: StatementQuery) -> bool:
    """Whether a statement is read by the lines of a page alone, whatever there are beside."""
    return query.period == ALL and not of_the_past(query) and query.limit <= _SHORT_PAGE


QUESTIONS = (
    Question(
        name="getBalance",
        subject=("volunteer",),
        answers=Balance,
        views=("balances", "policies", "members", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=_balance,
        short=_sums_own_lines,
        query=ClockQuery,
        figures=Figures(whose, _shown_balance),
        by_one_query=(OneQuery(whose, _sums_with_policy, _balance_as_of, _told_as_of),),
        example={"volunteer": EXAMPLE},
    ),
    Question(
        name="listStatementLines",
        subject=("volunteer",),
        answers=Page[StatementLine],
        views=("statement", "balances", "members", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=_statement,
        short=_reads_one_page,
        by_one_query=(_lines_by_one_query(newest=False), _lines_by_one_query(newest=True)),
        query=StatementQuery,
        example={"volunteer": EXAMPLE, "query": {"order": "newest", "period": "2026"}},
    ),
)

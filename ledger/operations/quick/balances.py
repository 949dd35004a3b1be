"""The balance of one volunteer, which a portal asks for all the time: known, or read by one plain query.

It knows the usual case alone. Whatever is unusual (a view that broke, somebody unknown) it leaves to the general way.
"""

import threading
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ARRAY, Text, any_, bindparam, literal_column, select

from ledger.bootstrap import Ledger
from ledger.domain.accounts import VOLUNTEER
from ledger.domain.events import Event, PolicyAdopted
from ledger.domain.policy import Policy
from ledger.domain.postings import postings, service_lines
from ledger.operations.question import Held
from ledger.operations.quick.gathered import Gathered
from ledger.store.codec import Recorded
from ledger.store.compiled_query import CompiledQuery
from ledger.store.errors import StoreError, StoreUnavailable
from projections.running import states

_MOST_REMEMBERED = 200_000


class _Figures(NamedTuple):
    service_minutes: int
    credit_minutes: int
    policies: int


class QuickBalances:
    """Reads balances for one loop: one by one, or for all who ask at a time where the database is elsewhere.

    Where nobody else can write, it remembers figures until a fact touches them: a query costs a server more than its
    own time, as it lets other threads in.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Nothing is read yet."""
        self._ledger = ledger
        balances, policies = ledger.views.balances, ledger.views.policies
        table, state = balances.volunteers.c, states.TABLE.c
        sound = (
            state.name == literal_column(f"'{balances.name}'"),
            state.version == literal_column(str(balances.version)),
            state.broken_at.is_(None),
        )
        adopted = policies.counted.scalar_subquery()
        figures = select(state.position, table.service_minutes, table.credit_minutes, adopted)
        store = ledger.log.store
        self._query = CompiledQuery(store, figures.where(*sound, table.volunteer == bindparam("volunteer")))
        among = table.volunteer == any_(bindparam("volunteers", type_=ARRAY(Text)))
        self._queries = CompiledQuery(store, figures.add_columns(table.volunteer).where(*sound, among))
        # Where to ask takes as long as to answer, one question is for all who wait.
        self._gathered = None if store.embedded else Gathered(self._figures_of)
        self._standing = CompiledQuery(store, select(state.position).where(*sound))
        self._policy: tuple[date, int, Policy | None] | None = None
        self._lock = threading.Lock()
        self._position = 0
        self._known: dict[str, _Figures] | None = None
        if ledger.alone:
            self._known = {}
            ledger.bank.tell_of_commits(self._committed)
            self._remember_all()

    def here(self, volunteer: str) -> Held | None:
        """A volunteer's figures, None where the general way has to tell; where the database is a file."""
        with self._lock:
            position = self._position
            figures = None if self._known is None else self._known.get(volunteer)
        if figures is not None:
            return self._held(volunteer, position, figures)
        try:
            row = self._query.first({"volunteer": volunteer})
        except StoreUnavailable:
            return None
        if row is None:
            return None
        position, figures = row[0], _Figures(*row[1:])
        self._remember(volunteer, position, figures)
        return self._held(volunteer, position, figures)

    async def of(self, volunteer: str) -> Held | None:
        """A volunteer's figures, None where the general way has to tell."""
        if self._gathered is None:
            return self.here(volunteer)
        try:
            found = await self._gathered.get(volunteer)
        except StoreUnavailable:
            return None
        return None if found is None else self._held(volunteer, *found)

    def _held(self, volunteer: str, position: int, figures: _Figures) -> Held:
        policy = self._in_force(figures.policies)
        stars = 0 if policy is None else policy.stars_for(figures.service_minutes)
        return Held(position, volunteer, figures.service_minutes, figures.credit_minutes, stars)

    def _figures_of(self, volunteers: Collection[str]) -> dict[str, tuple[int, _Figures]]:
        rows = self._queries.all({"volunteers": list(volunteers)})
        return {row[4]: (row[0], _Figures(*row[1:4])) for row in rows}

    def close(self) -> None:
        """Let the connections go, and remember nothing any more."""
        with self._lock:
            self._known = None
        if self._gathered is not None:
            self._gathered.close()
        self._query.close()
        self._queries.close()
        self._standing.close()

    def _remember_all(self) -> None:
        """Begin with the figures of everybody, where that is no more than can be remembered: a county, a district."""
        views = self._ledger.views
        try:
            with self._ledger.reading(views.balances, views.policies) as (connection, position):
                adopted = views.policies.count(connection)
                rows = views.balances.some(connection, _MOST_REMEMBERED)
        except StoreError:
            return
        with self._lock:
            if self._known is not None and self._position == 0:
                self._position = position
                self._known.update((who, _Figures(*held, adopted)) for who, held in rows)

    def _remember(self, volunteer: str, position: int, figures: _Figures) -> None:
        with self._lock:
            if self._known is None:
                return
            if self._position == 0:
                self._position = position
            if self._position != position:
                # A commit came between the reading and now, and may have been about this very volunteer.
                return
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[volunteer] = figures

    def _committed(self, _commands: int, recorded: Sequence[Recorded]) -> None:
        """Forget whom new facts touch, on the writer's thread, before anybody is answered."""
        known = self._known
        if known is None:
            return
        try:
            standing = self._standing.first({})
        except StoreUnavailable:
            standing = None
        touched = {volunteer for _, event, _ in recorded for volunteer in _touched_by(event)}
        adopted = any(isinstance(event, PolicyAdopted) for _, event, _ in recorded)
        with self._lock:
            if standing is None:
                # The view broke: from now on each read asks for itself.
                self._known = None
                return
            self._position = standing[0]
            if adopted:
                known.clear()
            for volunteer in touched:
                known.pop(volunteer, None)

    def _in_force(self, adopted: int) -> Policy | None:
        """The policy of today, remembered until another is adopted or the day is over."""
        today = self._ledger.today()
        known = self._policy
        if known is None or known[1] != adopted or known[0] != today:
            with self._ledger.reading(self._ledger.views.policies) as (connection, _):
                known = self._policy = today, adopted, self._ledger.views.policies.in_force(connection, today)
        return known[2]


def _touched_by(event: Event) -> set[str]:
    own = {
        line.account.removeprefix(VOLUNTEER) for line in postings(event) if line.account.startswith(VOLUNTEER)
    }
    return own | {line.volunteer for line in service_lines(event)}

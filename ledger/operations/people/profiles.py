"""Who a volunteer is here: where they are at home, what they are known for, and which teams they are in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SelectBase,
    Text,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from ledger.domain.events import AgeBand
from ledger.domain.volunteer_state import Standing
from ledger.operations.callers import Caller
from ledger.operations.discretion import name_told
from ledger.operations.people.volunteers import EXAMPLE, OF_THE_VOLUNTEER, whose
from ledger.operations.question import Found, Moment, OneQuery, Query, Question, always
from ledger.operations.refused import there
from ledger.people.directory import Volunteer
from projections.communities import successors_among
from projections.members import Assignment, Membership, in_order, membership_among
from projections.qualifications import Qualified, qualified_among
from projections.registry import Views


class TeamAssignment(Struct, frozen=True, kw_only=True):
    """A stay in one team, from the day `since` to the day before `until`."""

    id: str
    team: str
    role: str
    since: str
    until: str | None


class Profile(Struct, frozen=True, kw_only=True):
    """A volunteer, by id: `home` is the community that they belong to today, `since` the day of registration.

    `assignments` are all their times in teams; `number` is how offices know them, null for one who has none.
    `skills` are the codes of those that they have today, `age_band` is null where none is noted.
    `name` is null for an auditor, and where the directory knows nobody.
    """

    id: str
    number: str | None
    name: str | None
    home: str
    standing: Standing
    since: str
    age_band: AgeBand | None
    skills: list[str]
    assignments: list[TeamAssignment]


class _Noted(NamedTuple):
    membership: Membership
    qualified: Qualified
    assignments: Sequence[Assignment]
    successors: Mapping[str, str]


def _profile(moment: Moment) -> Profile:
    volunteer, views, today = moment.ids["volunteer"], moment.views, moment.today
    members, connection = views.members, moment.connection
    noted = _Noted(
        there(members.membership(connection, volunteer, today)),
        views.qualifications.of_volunteer(connection, volunteer, today),
        members.of_volunteer(connection, volunteer),
        views.communities.successors(connection, today),
    )
    return _shown(volunteer, noted, moment.ledger.directory.by_id([volunteer]).get(volunteer), moment.caller)


def _shown(volunteer: str, noted: _Noted, person: Volunteer | None, caller: Caller) -> Profile:
    membership, qualified = noted.membership, noted.qualified
    return Profile(
        id=volunteer,
        number=None if person is None else person.number,
        name=name_told(caller, person),
        home=noted.successors.get(membership.home, membership.home),
        standing=membership.standing,
        since=membership.since,
        age_band=None if qualified.band is None else AgeBand(qualified.band),
        skills=qualified.skills,
        assignments=[
            TeamAssignment(id=one.id, team=one.team, role=one.role, since=one.since, until=one.until)
            for one in noted.assignments
        ],
    )


_DATED, _QUALIFIED, _ASSIGNED, _MERGED = range(4)


def _rows(views: Views) -> Select[*tuple[Any, ...]]:
    """All of a profile's rows, each with its kind before it, and filled up to the longest."""
    kinds = views.members.dated, views.qualifications.dated, views.members.assigned, views.communities.merged
    every = union_all(*(_of_kind(kind, rows) for kind, rows in enumerate(kinds))).subquery()
    return select(every)


def _of_kind(kind: int, rows: SelectBase) -> Select[*tuple[Any, ...]]:
    found: list[ColumnElement[Any]] = [*rows.subquery().c]
    found += [null()] * (len(Assignment._fields) - len(found))
    texts = [cast(one, Text).label(f"text_{number}") for number, one in enumerate(found)]
    return select(literal_column(str(kind), Integer).label("kind"), *texts)


def _of_today(_: Query, today: date) -> Mapping[str, object]:
    return {"day": today.isoformat()}


def _told(found: Found) -> Profile | None:
    kinds: list[list[Any]] = [[], [], [], []]
    for kind, *row in found.rows:
        kinds[kind].append(row)
    membership = membership_among(
        [(int(one), since, noted) for one, since, noted, *_ in kinds[_DATED]], found.today
    )
    if membership is None:
        return None
    noted = _Noted(
        membership,
        qualified_among([(int(one), since, value) for one, since, value, *_ in kinds[_QUALIFIED]]),
        in_order(Assignment(*row) for row in kinds[_ASSIGNED]),
        successors_among((one, into) for one, into, *_ in kinds[_MERGED]),
    )
    return _shown(found.volunteer, noted, found.person, found.caller)


QUESTIONS = (
    Question(
        name="getVolunteer",
        subject=("volunteer",),
        answers=Profile,
        views=("members", "qualifications", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=_profile,
        short=always,
        by_one_query=(OneQuery(whose, _rows, _of_today, _told, named=True),),
        example={"volunteer": EXAMPLE},
    ),
)

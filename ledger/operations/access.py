"""Who may do what: each route declares its roles, and whose affairs it touches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.operations.callers import LIMITED, Caller, Role
from ledger.operations.refused import Problem
from projections.registry import Views


class Owner(NamedTuple):
    """Whose affairs a thing is: the volunteer's, and those of the community it belongs to or lies in.

    What somebody does elsewhere than at home is the affair of that `place`, a community, as well.
    """

    volunteer: str | None
    community: str | None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """Where owners are looked up: one moment of the views, and the day that it is; `areas` are those looked up.

    `look` gives the connection, or raises: whoever needs none never calls it.
    """

    look: Callable[[], Connection]
    views: Views
    today: date
    areas: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    @property
    def connection(self) -> Connection:
        """The moment of the views."""
        return self.look()


def seeing(ledger: Ledger, connection: Connection) -> Sight:
    """What is seen of a ledger in one moment of its views."""
    return Sight(lambda: connection, ledger.views, ledger.today())


Find = Callable[[Sight, str], Owner | None]
"""The owner of a thing by its id, None if there is no such thing."""


class About(NamedTuple):
    """A field, or path parameter, that names what a route touches.

    Where one that is not `needed` is left out, nothing of that kind is touched.
    """

    name: str
    kind: str
    needed: bool = True


class Access(Struct, frozen=True):
    """A route's policy. `roles` is None where nobody need say who they are.

    A volunteer reaches what is their own, a coordinator what lies in their community, was done there, or belongs to
    somebody at home there; the other roles reach everything that their role may do at all. `about` names what must be
    reached; without it there is nothing that could be somebody else's.
    """

    roles: frozenset[Role] | None
    about: tuple[About, ...] = ()


ANYBODY = Access(roles=frozenset(Role))
"""For what every caller may read."""


def refuse_role(access: Access, caller: Caller) -> None:
    """Raise a Problem unless the caller's role may come here at all."""
    assert access.roles is not None
    if caller.role not in access.roles:
        raise Problem("forbidden")


def refuse_foreign(access: Access, caller: Caller, sight: Sight, named: Mapping[str, str | None]) -> None:
    """Raise the Problem of an unknown id unless the caller reaches everything that a request is about.

    So nobody learns by asking which ids there are.
    """
    if caller.role not in LIMITED:
        return
    for about in access.about:
        identifier = named[about.name]
        if identifier is None and not about.needed:
            continue
        # What lies in no community is nobody's but the whole association's.
        if identifier is None or not reaches(about.kind, identifier, caller, sight):
            raise Problem("not-found")


def reaches(kind: str, identifier: str, caller: Caller, sight: Sight) -> bool:
    """Whether a caller reaches the thing of a kind."""
    if caller.role not in LIMITED:
        return True
    if kind == "volunteer" and identifier == caller.volunteer:
        return True
    owner = OWNERS[kind](sight, identifier)
    return owner is not None and _reaches(caller, owner, sight)


def _reaches(caller: Caller, owner: Owner, sight: Sight) -> bool:
    if caller.role is Role.VOLUNTEER:
        return owner.volunteer == caller.volunteer
    return not area(caller, sight).isdisjoint({owner.community, owner.place})


def area(caller: Caller, sight: Sight) -> frozenset[str]:
    """A coordinator's communities: their own with what belongs to it."""
    assert caller.community is not None
    return belonging(caller.community, sight)


def belonging(top: str, sight: Sight) -> frozenset[str]:
    """A community, all beneath it, and what was merged into one of these: whoever is at home there is its own."""
    if top not in sight.areas:
        views = sight.views.communities
        beneath = {one.id for one in views.subtree(sight.connection, top)}
        merged = views.successors(sight.connection, sight.today).items()
        sight.areas[top] = frozenset(beneath.union(one for one, into in merged if into in beneath))
    return sight.areas[top]


def _volunteer(sight: Sight, identifier: str) -> Owner | None:
    home = sight.views.members.home(sight.connection, identifier, sight.today)
    return None if home is None else Owner(identifier, home)


def _community(sight: Sight, identifier: str) -> Owner | None:
    found = sight.views.communities.get(sight.connection, identifier)
    return None if found is None else Owner(None, identifier)


def _of_its_community(view: str) -> Find:
    """How to find the owner of what a view has by id, with the community whose affair it is."""

    def find(sight: Sight, identifier: str) -> Owner | None:
        found = getattr(sight.views, view).get(sight.connection, identifier)
        return None if found is None else Owner(None, found.community)

    return find


_team, _activity = _of_its_community("teams"), _of_its_community("activities")
_shift, _venue = _of_its_community("shifts"), _of_its_community("venues")


def _sign_up(sight: Sight, identifier: str) -> Owner | None:
    found = sight.views.sign_ups.get(sight.connection, identifier)
    return None if found is None else _served(sight, found.volunteer, _shift(sight, found.shift))


def _visit(sight: Sight, identifier: str) -> Owner | None:
    found = sight.views.visits.get(sight.connection, identifier)
    if found is None:
        return None
    if found.shift is not None:
        return _served(sight, found.volunteer, _shift(sight, found.shift))
    return _served(sight, found.volunteer, None if found.venue is None else _venue(sight, found.venue))


def _served(sight: Sight, volunteer: str, where: Owner | None) -> Owner:
    home = sight.views.members.home(sight.connection, volunteer, sight.today)
    return Owner(volunteer, home, None if where is None else where.community)


def _tenure(sight: Sight, identifier: str) -> Owner | None:
    found = sight.views.posts.get(sight.connection, identifier)
    return None if found is None else _served(sight, found.volunteer, Owner(None, found.community))


def _designation(sight: Sight, identifier: str) -> Owner | None:
    found = sight.views.designations.get(sight.connection, identifier)
    if found is None:
        return None
    return Owner(None, found.community) if found.team is None else _team(sight, found.team)


def _training(sight: Sight, identifier: str) -> Owner | None:
    found = sight.views.training.get(sight.connection, identifier)
    return None if found is None else _volunteer(sight, found.volunteer)


def _record(sight: Sight, identifier: str) -> Owner | None:
    found = sight.views.records.get(sight.connection, identifier)
    if found is None:
        return None
    hosted = None if found.hosted_by is None else Owner(None, found.hosted_by)
    return _served(sight, found.volunteer, hosted or _activity(sight, found.activity))


def _redemption(sight: Sight, identifier: str) -> Owner | None:
    found = sight.views.redemptions.get(sight.connection, identifier)
    owner = None if found is None else _volunteer(sight, found.volunteer)
    return None if found is None or owner is None else owner._replace(place=found.community)


OWNERS: Mapping[str, Find] = {
    "volunteer": _volunteer,
    "community": _community,
    "team": _team,
    "activity": _activity,
    "shift": _shift,
    "venue": _venue,
    "sign-up": _sign_up,
    "visit": _visit,
    "tenure": _tenure,
    "attachment": _of_its_community("organisations"),
    "designation": _designation,
    "training": _training,
    "record": _record,
    "redemption": _redemption,
    "offer": _of_its_community("offers"),
}
"""How to find whose affairs a thing is, by kind."""

"""What holds on some days: which time in a post, attachment or title a word means, and which organisation."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from ledger.domain.spelling import same_name
from ledger.operations.things import Asking, Candidate

if TYPE_CHECKING:
    from projections.designations import Designation
    from projections.organisations import Attachment


class _Staying(Protocol):
    @property
    def since(self) -> str: ...

    @property
    def until(self) -> str | None: ...


S = TypeVar("S", bound=_Staying)


class Held(NamedTuple):
    """A kind of things that people know by what they are about: what ids begin with, and what words mean."""

    prefix: str
    called: Callable[[Asking, str], Sequence[Candidate]]


def _tenures(asking: Asking, word: str) -> list[Candidate]:
    """The times of a volunteer (an id) in a post: `VOLUNTEER@POST`, or `VOLUNTEER@POST@COMMUNITY`."""
    from projections.posts import Tenure

    volunteer, _, post = word.partition("@")
    post, _, community = post.partition("@")
    view = asking.sight.views.posts
    found = view.rows(asking.sight.connection, view.stays.c.volunteer == volunteer, view.stays.c.post == post)
    rows = [Tenure(*row) for row in found]
    if community:
        places = _communities(asking, community)
        rows = [row for row in rows if row.community in places]
    return [
        {"id": row.id, "post": row.post, "community": asking.name_of(row.community), "since": row.since}
        for row in _holding_or_last(asking, rows)
    ]


def _attachments(asking: Asking, word: str) -> list[Candidate]:
    """The attachments of an organisation (an id or a name): `ORGANISATION`, or `ORGANISATION@COMMUNITY`."""
    rows = _attached(asking, word)
    if not rows and "@" in word:
        organisation, _, community = word.rpartition("@")
        places = _communities(asking, community)
        rows = [row for row in _attached(asking, organisation) if row.community in places]
    return [
        {"id": row.id, "name": row.name, "community": asking.name_of(row.community), "since": row.since}
        for row in _holding_or_last(asking, rows)
    ]


def _designations(asking: Asking, word: str) -> list[Candidate]:
    """The designations of a title: `TITLE`, or `TITLE@BEARER`, which is a community or a team."""
    rows = _titled(asking, word)
    if not rows and "@" in word:
        title, _, bearer = word.rpartition("@")
        bearers = _communities(asking, bearer) | _teams(asking, bearer)
        rows = [row for row in _titled(asking, title) if (row.community or row.team) in bearers]
    teams = {one.id: one.name for one in asking.sight.views.teams.all(asking.sight.connection)}
    return [
        {
            "id": row.id,
            "name": row.name,
            "bearer": asking.name_of(row.community) or teams.get(row.team or ""),
            "since": row.since,
        }
        for row in _holding_or_last(asking, rows)
    ]


def organisations(asking: Asking, name: str) -> list[Candidate]:
    """The organisations of a name, as any attachment says it, the one that was attached first before others."""
    found = {row.organisation: row for row in reversed(_attached(asking, name))}
    return [{"id": one, "name": row.name, "kind": row.kind} for one, row in reversed(found.items())]


def _attached(asking: Asking, word: str) -> list["Attachment"]:
    from projections.organisations import Attachment

    named, view = same_name(word), asking.sight.views.organisations
    rows = [Attachment(*row) for row in view.rows(asking.sight.connection)]
    return [row for row in rows if word == row.organisation or same_name(row.name) == named]


def _titled(asking: Asking, title: str) -> list["Designation"]:
    from projections.designations import Designation

    named, view = same_name(title), asking.sight.views.designations
    rows = [Designation(*row) for row in view.rows(asking.sight.connection)]
    return [row for row in rows if same_name(row.name) == named]


def _communities(asking: Asking, word: str) -> set[str]:
    """The ids of the communities that an id or a name may mean."""
    return {word} | {one.id for one in asking.sight.views.communities.called(asking.sight.connection, word)}


def _teams(asking: Asking, word: str) -> set[str]:
    named = same_name(word)
    teams = asking.sight.views.teams.all(asking.sight.connection)
    return {word} | {one.id for one in teams if same_name(one.name) == named}


def _holding_or_last(asking: Asking, rows: Sequence[S]) -> list[S]:
    """Those that hold today, else the one that held last: of it the bank says that it has ended."""
    now = asking.sight.today.isoformat()
    found = [row for row in rows if row.since <= now and (row.until is None or row.until > now)]
    return found or list(rows[-1:])


HELD: Mapping[str, Held] = {
    "tenure": Held("ten_", _tenures),
    "attachment": Held("att_", _attachments),
    "designation": Held("des_", _designations),
    "organisation": Held("org_", organisations),
}
"""By what a path calls them."""

"""What happens to teams, the nodes of the team tree."""

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import CommunityId, TeamId
from ledger.domain.text import Code, Label


class TeamEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one team."""

    team: TeamId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.TEAMS, tags.about(self.team))


class TeamFormed(TeamEvent, frozen=True, kw_only=True, tag="team-formed"):
    """A team came to be: beneath a parent team, in a community, for a field, under a brand, as far as it has them."""

    name: Label
    parent: TeamId | None
    community: CommunityId | None
    field: Code | None = None
    brand: Label | None = None


class TeamRenamed(TeamEvent, frozen=True, kw_only=True, tag="team-renamed"):
    """A team took another public name."""

    name: Label


class TeamReparented(TeamEvent, frozen=True, kw_only=True, tag="team-reparented"):
    """A team, with all beneath it, went under another team."""

    parent: TeamId


class TeamDisbanded(TeamEvent, frozen=True, kw_only=True, tag="team-disbanded"):
    """A team ended."""

"""What happens to communities, the nodes of the area tree."""

from enum import StrEnum

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import CommunityId
from ledger.domain.text import Label


class Level(StrEnum):
    """How high a community stands in the area tree."""

    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"

    @property
    def depth(self) -> int:
        """0 at the top of the tree."""
        return tuple(Level).index(self)

    def spoken(self, language: str = "en") -> str:
        """The word that people use."""
        return _LEVELS_ZH[self] if language == "zh" else self.value


_LEVELS_ZH = {Level.COUNTY: "区县", Level.TOWN: "镇街", Level.VILLAGE: "社区（村）"}


class CommunityEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one community."""

    community: CommunityId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.COMMUNITIES, tags.about(self.community))


class CommunityEstablished(CommunityEvent, frozen=True, kw_only=True, tag="community-established"):
    """A community came to be, under its parent; one without a parent is the top of a tree."""

    name: Label
    level: Level
    parent: CommunityId | None


class CommunityRenamed(CommunityEvent, frozen=True, kw_only=True, tag="community-renamed"):
    """A community took another public name."""

    name: Label


class CommunityReparented(CommunityEvent, frozen=True, kw_only=True, tag="community-reparented"):
    """A community, with all beneath it, went under another parent."""

    parent: CommunityId


class CommunityMerged(CommunityEvent, frozen=True, kw_only=True, tag="community-merged"):
    """A community ended by becoming part of another: who lived there lives in `into` from that day."""

    into: CommunityId


class CommunityClosed(CommunityEvent, frozen=True, kw_only=True, tag="community-closed"):
    """A community ended with nobody taking it over."""

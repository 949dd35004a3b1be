"""The county's venues: where they are, what they show, and the code at their clock-in point."""

from datetime import date

from ledger.application import Ask
from ledger.demo import names
from ledger.demo.story import FIRST, Story, at, by_staff, months
from ledger.domain.events import Coordinates, Crs, Venue
from ledger.domain.venues import OpenVenue, RenewVenueCode, UpdateVenue

VENUES = 70
FIRST_CODE, SECOND_CODE = "QINGHE-2025", "QINGHE-2026"
RENEWAL = date(2026, 3, 1)
"""From this day the venues show their second code."""


def plan(story: Story) -> None:
    """Plan the opening of the venues, a theme a month in the galleries, and another code in spring."""
    story.venues += _venues(story)
    story.timeline.at(
        at(FIRST, 8, 40), lambda: [by_staff(OpenVenue(venue=one, code=FIRST_CODE)) for one in story.venues]
    )
    galleries = [one for one in story.venues if one.kind == "gallery"]
    for number, month in enumerate(months()[1:]):
        theme = names.THEMES[number % len(names.THEMES)]
        story.timeline.at(at(month, 8), lambda theme=theme: _renewed(galleries, theme))
    story.timeline.at(
        at(RENEWAL, 8, 30),
        lambda: [by_staff(RenewVenueCode(venue=one.id, code=SECOND_CODE)) for one in story.venues],
    )


def _venues(story: Story) -> list[Venue]:
    found: list[Venue] = []
    for number in range(VENUES):
        kind, title = names.VENUE_KINDS[number % len(names.VENUE_KINDS)]
        village = story.villages[number * 2 % len(story.villages)]
        found.append(
            Venue(
                id=story.new_id("ven"),
                name=f"{village.name}{title}",
                kind=kind,
                community=village.id,
                unit=f"{village.name}村委会",
                content="阵地值守",
                coordinates=Coordinates(
                    latitude=36_000_000 + story.chance.randrange(500_000),
                    longitude=120_000_000 + story.chance.randrange(500_000),
                    crs=Crs.GCJ02,
                ),
            )
        )
    return found


def _renewed(galleries: list[Venue], theme: str) -> list[Ask]:
    return [by_staff(UpdateVenue(venue=one.id, theme=theme)) for one in galleries]

"""Which communities and teams bear a title: pilots with funding, demonstration teams, and titles that run out."""

from datetime import date

from ledger.demo import names
from ledger.demo.story import FIRST, Story, at, by_staff
from ledger.domain.designations import EndDesignation, GrantDesignation

PILOTS = 13
_PILOT_DAY, _PILOT_UNTIL = date(2025, 10, 15), date(2027, 10, 15)
_FUNDED = 5
_FUNDING_FEN = 2_000_000
"""Twenty thousand yuan."""
_MODELS = 3
_MODEL_SINCE, _MODEL_UNTIL = date(2021, 1, 1), date(2026, 1, 1)
_TEAMS = 6
_TEAM_DAY = date(2025, 12, 5)
_LOST_DAY = date(2026, 4, 1)


def plan(story: Story) -> None:
    """Plan the titles of the year."""
    models = [
        GrantDesignation(
            designation=story.new_id("des"),
            name=names.MODEL_COMMUNITY,
            community=village,
            granted_by=names.ASSOCIATION,
            day=_MODEL_SINCE,
            until=_MODEL_UNTIL,
        )
        for village in _some_villages(story, _MODELS)
    ]
    pilots = [
        GrantDesignation(
            designation=story.new_id("des"),
            name=names.PILOT_COMMUNITY,
            community=village,
            granted_by=names.ASSOCIATION,
            day=_PILOT_DAY,
            until=_PILOT_UNTIL,
            funding_fen=_FUNDING_FEN if number < _FUNDED else None,
        )
        for number, village in enumerate(_some_villages(story, PILOTS))
    ]
    story.timeline.at(at(FIRST, 8, 45), lambda: map(by_staff, models))
    story.timeline.at(at(_PILOT_DAY, 15), lambda: map(by_staff, pilots))
    _teams(story)


def _teams(story: Story) -> None:
    """On the day of volunteers some teams become examples to the others; in spring one is so no more."""
    granted = [
        GrantDesignation(
            designation=story.new_id("des"),
            name=names.DEMONSTRATION_TEAM,
            team=team,
            granted_by=names.ASSOCIATION,
            day=_TEAM_DAY,
        )
        for team in story.some(story.teams, _TEAMS)
    ]
    lost = EndDesignation(designation=granted[0].designation, day=_LOST_DAY)
    story.timeline.at(at(_TEAM_DAY, 15), lambda: map(by_staff, granted))
    story.timeline.at(at(_LOST_DAY, 15), lambda: [by_staff(lost)])


def _some_villages(story: Story, count: int) -> list[str]:
    return [village.id for village in story.some(story.villages, count)]

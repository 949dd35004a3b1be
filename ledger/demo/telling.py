"""The whole year, told to a ledger."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ledger.bootstrap import STAFF, Ledger, open_for_writing
from ledger.demo import (
    ahead,
    clocking,
    dealings,
    designations,
    founding,
    occasions,
    organisations,
    posts,
    training,
    venues,
)
from ledger.demo.story import FIRST, ZONE, Story, at, days, seeded
from ledger.demo.timeline import Clock
from ledger.domain.events import Language, Level
from ledger.domain.opening import OpenLedger
from ledger.opening import begin
from ledger.settings import Settings

Tell = Callable[[str, int, int], None]
"""Told what is being done, how far it has come, and how far it goes."""


def tell_year(
    place: Settings,
    tell: Tell,
    *,
    seed: int,
    volunteers: int,
    activities: int,
    language: Language | None = None,
) -> Story:
    """Open a ledger and let the year happen in it: the same seed and sizes give the same log to the byte."""
    story = Story(seed, volunteers, activities)
    clock = Clock(at(FIRST, 7))
    # Whatever a power cut would take, the same seed tells again.
    how: dict[str, Any] = {"now": clock, "event_id": _event_ids(seed), "durable": False}
    with open_for_writing(place, create=True, **how) as ledger:
        begin(
            ledger.bank,
            OpenLedger(origin="qinghe", zone=ZONE, language=language),
            by=STAFF,
            policy="standard",
        )
        _play(story, ledger, clock, tell)
    return story


def town_of(ledger: Ledger, volunteer: str) -> str:
    """The name of the town that a volunteer belongs to, in whose village they are at home."""
    with ledger.reading(ledger.views.members, ledger.views.communities) as (connection, _):
        found = ledger.views.members.home(connection, volunteer, ledger.today())
        every = {one.id: one for one in ledger.views.communities.all(connection)}
    assert found is not None
    while every[found].level != Level.TOWN:
        found = every[found].parent
        assert found is not None
    return every[found].name


def _play(story: Story, ledger: Ledger, clock: Clock, tell: Tell) -> None:
    founding.found(story, ledger)
    for chapter in (venues, posts, organisations, designations, training, occasions, clocking):
        chapter.plan(story)
    dealings.plan(story, ledger)
    ahead.plan(story)
    total, begun = len(days()) + 1, at(FIRST, 0)
    story.timeline.play(
        ledger, clock, lambda now: tell("a year", (now - begun) // timedelta(days=1) + 1, total)
    )
    tell("a year", total, total)


def _event_ids(seed: int) -> Callable[[], str]:
    # Apart from the story's own chance: how many events there are must not change what happens.
    chance = seeded(-1 - seed)
    return lambda: f"evt_{chance.getrandbits(128):032x}"

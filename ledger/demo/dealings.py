"""What volunteers do with their credits, and where they go: gifts, redemptions, other teams, other villages."""

from collections.abc import Iterable
from datetime import date, timedelta

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.demo.story import LAST, Story, at, by_staff, days, months
from ledger.demo.timeline import Outcomes, heard
from ledger.domain.commands import Command
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.domain.events import RedemptionPlaced
from ledger.domain.offers import RestockOffer
from ledger.domain.redemptions import (
    CancelRedemption,
    ExpireRedemption,
    FulfilRedemption,
    PlaceRedemption,
)
from ledger.domain.teams import FormTeam
from ledger.domain.volunteers import (
    ChangeTeam,
    MoveVolunteer,
    ReinstateVolunteer,
    SuspendVolunteer,
    TeamPlace,
)

_FRIDAY = 4
_GIFTS_SHARE, _SHOPPING_SHARE, _GRANTS_SHARE = 15, 20, 75
"""For so many activities there is one a week, of grants one a month: more cannot be spent than was served."""
_RESTOCK_SHARE = 12
"""For so many activities there is one item more of each offer a quarter."""
_HOLD = timedelta(days=31)


def plan(story: Story, ledger: Ledger) -> None:
    """Plan what happens every week and every month."""
    for day in days():
        if day.weekday() == _FRIDAY:
            story.timeline.at(at(day, 17), lambda: _gifts(story))
            _shopping(story, ledger, day)
    for month in months()[1:]:
        story.timeline.at(at(month, 15), lambda: _moves(story))
        story.timeline.at(at(month, 16), lambda: _grants(story))
        _suspend(story, month)
    for quarter in months()[3::3]:
        story.timeline.at(at(quarter, 14), lambda: _restocked(story, ledger))
    _split(story)


def _gifts(story: Story) -> Iterable[Ask]:
    """Some give to each other, some to the pool of a town."""
    holders = sorted(set(story.served))
    for giver in story.spenders(story.activities // _GIFTS_SHARE + 1):
        receiver = story.chance.choice(holders)
        minutes = story.chance.choice((15, 30, 60))
        if receiver != giver and story.happens(70):
            yield Ask(
                TransferCredits(
                    transfer=story.new_id("tra"), giver=giver, receiver=receiver, minutes=minutes
                ),
                giver,
            )
        else:
            pool = story.chance.choice(story.towns)
            yield Ask(
                DonateCredits(donation=story.new_id("don"), giver=giver, community=pool, minutes=minutes),
                giver,
            )


def _grants(story: Story) -> list[Ask]:
    everybody = [who for some in story.people.values() for who in some]
    return [
        by_staff(
            GrantCredits(
                grant=story.new_id("gra"),
                community=story.chance.choice(story.towns),
                receiver=who,
                minutes=30,
            )
        )
        for who in story.some(everybody, story.activities // _GRANTS_SHARE + 1)
    ]


def _shopping(story: Story, ledger: Ledger, day: date) -> None:
    """Some ask for something; most fetch it within the week, some think better of it, some forget."""
    placed: list[str] = []

    def hear(outcomes: Outcomes) -> None:
        placed.extend(event.redemption for event in heard(outcomes, RedemptionPlaced))

    story.timeline.at(at(day, 18), lambda: _placed(story, ledger), hear)
    story.timeline.at(at(day + timedelta(days=5), 10), lambda: _settled(story, placed))
    later = day + _HOLD
    if later <= LAST:
        story.timeline.at(at(later, 7), lambda: _expired(ledger, later))


def _placed(story: Story, ledger: Ledger) -> list[Ask]:
    with ledger.reading(ledger.views.offers) as (connection, _):
        offers = [one.id for one in ledger.views.offers.all(connection) if one.free]
    return [
        Ask(
            PlaceRedemption(redemption=story.new_id("red"), offer=story.chance.choice(offers), volunteer=who),
            who,
        )
        for who in story.spenders(story.activities // _SHOPPING_SHARE + 1)
    ]


def _restocked(story: Story, ledger: Ledger) -> list[Ask]:
    with ledger.reading(ledger.views.offers) as (connection, _):
        offers = [one.id for one in ledger.views.offers.all(connection)]
    items = story.activities // _RESTOCK_SHARE + 1
    return [by_staff(RestockOffer(offer=one, items=items)) for one in offers]


def _settled(story: Story, placed: list[str]) -> Iterable[Ask]:
    for redemption in placed:
        if story.happens(85):
            yield by_staff(FulfilRedemption(redemption=redemption))
        elif story.happens(50):
            yield by_staff(CancelRedemption(redemption=redemption, reason="changed-mind"))


def _expired(ledger: Ledger, day: date) -> list[Ask]:
    with ledger.reading(ledger.views.redemptions) as (connection, _):
        due = ledger.views.redemptions.due(connection, day)
    return [by_staff(ExpireRedemption(redemption=one.id)) for one in due]


def _moves(story: Story) -> Iterable[Ask]:
    """Some change teams, some their village."""
    for who in story.some(sorted(story.team_of), 40):
        others = [team for team in story.teams if team != story.team_of[who]]
        yield _changed(story, who, story.chance.choice(others))
    everybody = [who for some in story.people.values() for who in some]
    for who in story.some(everybody, 15):
        village = story.chance.choice(story.villages)
        yield by_staff(MoveVolunteer(volunteer=who, community=village.id))


def _suspend(story: Story, month: date) -> None:
    everybody = [who for some in story.people.values() for who in some]
    some = story.some(everybody, 2)
    away: list[Command] = [SuspendVolunteer(volunteer=who, reason="travel") for who in some]
    back: list[Command] = [ReinstateVolunteer(volunteer=who) for who in some]
    story.timeline.at(at(month, 11), lambda: map(by_staff, away))
    story.timeline.at(at(month + timedelta(days=20), 11), lambda: map(by_staff, back))


def _split(story: Story) -> None:
    """In spring a squad has become too large: half of it is a squad of its own from then on."""
    old, new = story.teams[-1], story.new_id("tea")
    day = date(2026, 3, 1)
    form = FormTeam(team=new, name="航模专业队（二）", parent=story.teams[0], field="professional", day=day)

    def move() -> Iterable[Ask]:
        yield by_staff(form)
        members = sorted(who for who, team in story.team_of.items() if team == old)
        for who in story.some(members, len(members) // 2):
            yield _changed(story, who, new)

    story.timeline.at(at(day, 9), move)


def _changed(story: Story, who: str, team: str) -> Ask:
    story.team_of[who] = team
    return by_staff(ChangeTeam(volunteer=who, place=TeamPlace(assignment=story.new_id("asg"), team=team)))

"""How the county begins: its areas, its teams, its volunteers, and what credits buy."""

from datetime import date, timedelta

from ledger.bootstrap import Ledger
from ledger.demo import names
from ledger.demo.story import FIRST, Story, Village, at, by_staff
from ledger.domain.commands import Command
from ledger.domain.communities import EstablishCommunity
from ledger.domain.events import AgeBand, Level
from ledger.domain.offers import PublishOffer
from ledger.domain.qualifications import NoteAgeBand
from ledger.domain.teams import FormTeam
from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.people.directory import Volunteer

VILLAGES_A_TOWN = 17
_LONG_AGO = date(2019, 1, 1)
_DAYS_SINCE = 2_000


def found(story: Story, ledger: Ledger) -> None:
    """Plan the first morning: everything that is there before the year begins."""
    people = _people(story)
    ledger.directory.put(people)
    first = at(FIRST, 8)
    commands = [*_areas(story), *_teams(story), *_registered(story, people), *_offers(story)]
    story.timeline.at(first, lambda: map(by_staff, commands))
    story.timeline.at(at(FIRST, 8, 30), lambda: map(by_staff, _bands(story)))


def _areas(story: Story) -> list[Command]:
    county = story.new_id("com")
    found: list[Command] = [
        EstablishCommunity(community=county, name=names.COUNTY, level=Level.COUNTY, day=date.min)
    ]
    for name in names.TOWNS:
        town = story.new_id("com")
        story.towns.append(town)
        found.append(
            EstablishCommunity(community=town, name=name, level=Level.TOWN, parent=county, day=date.min)
        )
        for number in range(1, VILLAGES_A_TOWN + 1):
            village = Village(story.new_id("com"), f"{name[:2]}{number}村", town)
            story.villages.append(village)
            found.append(
                EstablishCommunity(
                    community=village.id, name=village.name, level=Level.VILLAGE, parent=town, day=date.min
                )
            )
    return found


def _teams(story: Story) -> list[Command]:
    """A headquarters, a branch in each town, four field units under each, and professional squads."""

    def form(name: str, parent: str | None, community: str | None, **more: str) -> FormTeam:
        team = story.new_id("tea")
        story.teams.append(team)
        return FormTeam(
            team=team, name=name, parent=parent, community=community, day=date(2019, 1, 1), **more
        )

    top = form("清和县科技志愿服务总队", None, None)
    found = [top]
    for town, name in zip(story.towns, names.TOWNS, strict=True):
        branch = form(f"{name}支队", top.team, town)
        units = [
            form(f"{name}{title}分队", branch.team, town, field=code)
            for title, code in zip(names.FIELDS, names.FIELD_CODES, strict=True)
        ]
        found += [branch, *units]
    for number in range(49):
        subject = names.SQUADS[number % len(names.SQUADS)]
        name = f"{subject}专业队{number // len(names.SQUADS) + 1}"
        found.append(form(name, top.team, None, field="professional", brand=names.BRAND))
    return list(found)


def _people(story: Story) -> list[Volunteer]:
    return [
        Volunteer(
            volunteer=story.new_id("vol"),
            number=f"QH{2019 + number % 7}{number:06}",
            name=story.chance.choice(names.SURNAMES) + "".join(story.chance.choices(names.GIVEN, k=2)),
            phone=f"1380000{number % 10_000:04}",
            sex="女" if story.happens(55) else "男",
            remark="",
            salt=f"{story.chance.getrandbits(256):064x}",
        )
        for number in range(story.volunteers)
    ]


def _registered(story: Story, people: list[Volunteer]) -> list[Command]:
    found: list[Command] = []
    for number, one in enumerate(people):
        village = story.villages[number % len(story.villages)]
        story.people.setdefault(village.town, []).append(one.volunteer)
        story.neighbours.setdefault(village.id, []).append(one.volunteer)
        place = None
        if story.happens(40):
            place = TeamPlace(assignment=story.new_id("asg"), team=story.chance.choice(story.teams))
            story.team_of[one.volunteer] = place.team
        day = _LONG_AGO + timedelta(days=story.chance.randrange(_DAYS_SINCE))
        found.append(RegisterVolunteer(volunteer=one.volunteer, community=village.id, place=place, day=day))
    return found


def _bands(story: Story) -> list[Command]:
    """Every fifth volunteer has an age band noted, most of them as adults."""
    everybody = [who for some in story.people.values() for who in some]
    return [
        NoteAgeBand(
            volunteer=who, band=AgeBand.ADULT if story.happens(95) else AgeBand.CONSENTED_MINOR, day=FIRST
        )
        for who in story.some(everybody, len(everybody) // 5)
    ]


def _offers(story: Story) -> list[Command]:
    return [
        PublishOffer(offer=story.new_id("off"), name=name, kind=kind, price=price, stock=stock, day=FIRST)
        for name, kind, price, stock in names.OFFERS
    ]

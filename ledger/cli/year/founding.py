"""How the county begins: its areas, its teams, its volunteers, its venues, and what credits buy."""

from datetime import date, timedelta

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.cli.year import names
from ledger.cli.year.story import FIRST, Story, Village, at, by_staff, months
from ledger.domain.commands import Command
from ledger.domain.communities import EstablishCommunity
from ledger.domain.events import AgeBand, Coordinates, Crs, Level, Venue
from ledger.domain.offers import PublishOffer
from ledger.domain.posts import TakePost
from ledger.domain.qualifications import NoteAgeBand
from ledger.domain.teams import FormTeam
from ledger.domain.venues import OpenVenue, UpdateVenue
from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.people.directory import Volunteer

VILLAGES_A_TOWN = 17
VENUES = 70
CODE = "QINGHE-2025"
_LONG_AGO = date(2019, 1, 1)
_DAYS_SINCE = 2_000


def found(story: Story, ledger: Ledger) -> None:
    """Plan the first morning: everything that is there before the year begins."""
    people = _people(story)
    ledger.directory.put(people)
    first = at(FIRST, 8)
    commands = [*_areas(story), *_teams(story), *_registered(story, people), *_offers(story)]
    story.timeline.at(first, lambda: map(by_staff, commands))
    liaisons = [
        TakePost(tenure=story.new_id("ten"), volunteer=who, community=village.id, post="liaison", day=FIRST)
        for village, who in zip(story.villages, _one_of_each(story), strict=True)
    ]
    story.timeline.at(at(FIRST, 8, 30), lambda: map(by_staff, [*liaisons, *_bands(story)]))
    venues = _venues(story)
    story.timeline.at(at(FIRST, 8, 40), lambda: [by_staff(OpenVenue(venue=one, code=CODE)) for one in venues])
    galleries = [one for one in venues if one.kind == "gallery"]
    for number, month in enumerate(months()[1:]):
        theme = names.THEMES[number % len(names.THEMES)]
        story.timeline.at(at(month, 8), lambda theme=theme: _renewed(galleries, theme))


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
        place = None
        if story.happens(40):
            place = TeamPlace(assignment=story.new_id("asg"), team=story.chance.choice(story.teams))
            story.assignments[one.volunteer] = place.assignment
        day = _LONG_AGO + timedelta(days=story.chance.randrange(_DAYS_SINCE))
        found.append(RegisterVolunteer(volunteer=one.volunteer, community=village.id, place=place, day=day))
    return found


def _one_of_each(story: Story) -> list[str]:
    """A volunteer for every village, in the order of the villages."""
    nth: dict[str, int] = {}
    chosen: list[str] = []
    for village in story.villages:
        number = nth[village.town] = nth.get(village.town, -1) + 1
        chosen.append(story.people[village.town][number])
    return chosen


def _bands(story: Story) -> list[Command]:
    """Every fifth volunteer has an age band noted, most of them as adults."""
    everybody = [who for some in story.people.values() for who in some]
    return [
        NoteAgeBand(
            volunteer=who, band=AgeBand.ADULT if story.happens(95) else AgeBand.CONSENTED_MINOR, day=FIRST
        )
        for who in story.some(everybody, len(everybody) // 5)
    ]


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


def _offers(story: Story) -> list[Command]:
    return [
        PublishOffer(offer=story.new_id("off"), name=name, kind=kind, price=price, stock=stock, day=FIRST)
        for name, kind, price, stock in names.OFFERS
    ]

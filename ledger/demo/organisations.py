"""Schools, hospitals, societies and companies: which are attached to a community, and which no longer."""

from datetime import date, timedelta
from typing import NamedTuple

from ledger.demo import names
from ledger.demo.story import FIRST, Story, at, by_staff, months
from ledger.domain.organisations import AttachOrganisation, DetachOrganisation

_LONGEST_DAYS = 1_500
"""So long before the year the first were attached."""
_TOWNS_A_SOCIETY = 3


class _Body(NamedTuple):
    """An outside body, wherever it is attached."""

    id: str
    name: str
    kind: str


def plan(story: Story) -> None:
    """Plan who is attached on the first morning, the companies that join, and every other month one that goes."""
    begun = [*_of_towns(story), *_societies(story)]
    story.timeline.at(at(FIRST, 8, 35), lambda: map(by_staff, begun))
    ending = story.some(begun, len(months()) // 2)
    for month, name in zip(months()[1:], names.COMPANIES, strict=False):
        company = _Body(story.new_id("org"), name, "company")
        village = story.chance.choice(story.villages)
        joined = _attached(story, company, village.id, day=month, until=month.replace(year=month.year + 1))
        story.timeline.at(at(month, 10), lambda joined=joined: [by_staff(joined)])
    for month, one in zip(months()[1::2], ending, strict=True):
        gone = DetachOrganisation(attachment=one.attachment, day=month)
        story.timeline.at(at(month, 10, 30), lambda gone=gone: [by_staff(gone)])


def _of_towns(story: Story) -> list[AttachOrganisation]:
    """Every town has its schools and its hospital."""
    return [
        _attached(story, _Body(story.new_id("org"), f"{name[:2]}{title}", kind), town, day=_long_ago(story))
        for town, name in zip(story.towns, names.TOWNS, strict=True)
        for title, kind in names.BODIES
    ]


def _societies(story: Story) -> list[AttachOrganisation]:
    """The county's learned societies, each attached to several towns."""
    found: list[AttachOrganisation] = []
    for name in names.SOCIETIES:
        society = _Body(story.new_id("org"), name, "society")
        found += [
            _attached(story, society, town, day=_long_ago(story))
            for town in story.some(story.towns, _TOWNS_A_SOCIETY)
        ]
    return found


def _long_ago(story: Story) -> date:
    return FIRST - timedelta(days=story.chance.randrange(1, _LONGEST_DAYS))


def _attached(
    story: Story, body: _Body, community: str, *, day: date, until: date | None = None
) -> AttachOrganisation:
    return AttachOrganisation(
        attachment=story.new_id("att"),
        organisation=body.id,
        name=body.name,
        kind=body.kind,
        community=community,
        day=day,
        until=until,
    )

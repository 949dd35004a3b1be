"""Every list of the API, with five items or more where the village is crowded."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from ledger.api.reading import Read
from ledger.api.table import READS
from ledger.domain.commands import Command
from ledger.domain.communities import CloseCommunity
from ledger.domain.designations import EndDesignation
from ledger.domain.offers import CloseOffer
from ledger.domain.organisations import DetachOrganisation
from ledger.domain.posts import LeavePost
from ledger.domain.redemptions import CancelRedemption
from ledger.domain.service import DeclineService
from ledger.domain.shifts import CancelShift
from ledger.domain.sign_ups import WithdrawSignUp
from ledger.domain.teams import DisbandTeam
from ledger.domain.training import AnnulTraining
from ledger.domain.venues import CloseVenue
from ledger.domain.volunteers import EndAssignment, MoveVolunteer
from tests.api.conftest import Client
from tests.api.contract.test_examples import path_of
from tests.api.crowd import A_MONTH, CROWDED
from tests.api.village import ANN, BOB, DAN, EVE, HILLS, SINGERS, VALLEY
from tests.api.village_places import CHOIR

Leaving = Callable[[Mapping[str, Any]], Command]


class Listed(NamedTuple):
    """A list; `leaving` makes the command after which an item is in it no more, if any does."""

    name: str
    path: str
    query: Mapping[str, Any] = {}
    leaving: Leaving | None = None

    def __str__(self) -> str:
        return self.name


_SINGLED_OUT = (
    Listed(
        "listVolunteers",
        "/volunteers",
        {"community": VALLEY},
        lambda one: MoveVolunteer(volunteer=one["id"], community=HILLS),
    ),
    Listed("listStatementLines", f"/volunteers/{ANN}/statement"),
    Listed("listStatementLines", f"/volunteers/{ANN}/statement", {"order": "newest", "as_of": "2026-06-30"}),
    Listed("listServiceRecordsOfVolunteer", f"/volunteers/{ANN}/service-records"),
    Listed("listSignUpsOfVolunteer", f"/volunteers/{ANN}/sign-ups"),
    Listed(
        "listCalendar",
        f"/volunteers/{ANN}/calendar",
        {"from": "2026-12-02"},
        lambda one: WithdrawSignUp(sign_up=one["id"]),
    ),
    Listed("listVisitsOfVolunteer", f"/volunteers/{EVE}/visits"),
    Listed(
        "listRedemptionsOfVolunteer",
        f"/volunteers/{DAN}/redemptions",
        {"state": "placed"},
        lambda one: CancelRedemption(redemption=one["id"], reason="ill"),
    ),
    Listed(
        "listTrainingOfVolunteer",
        f"/volunteers/{ANN}/training",
        leaving=lambda one: AnnulTraining(training=one["id"], reason="mistake"),
    ),
    Listed(
        "listServiceRecords",
        "/service-records",
        {"state": "reported"},
        lambda one: DeclineService(record=one["id"], reason="no-evidence"),
    ),
    Listed(
        "listOffers",
        "/offers",
        {"on": "2026-12-01"},
        lambda one: CloseOffer(offer=one["id"]),
    ),
    Listed(
        "listRedemptions",
        "/redemptions",
        {"state": "placed"},
        lambda one: CancelRedemption(redemption=one["id"], reason="ill"),
    ),
    Listed("listLeaderboardPlaces", "/leaderboards/volunteers"),
    Listed("listLeaderboardPlaces", "/leaderboards/volunteers", {"within": VALLEY}),
    Listed("listLeaderboardPlaces", "/leaderboards/communities"),
    Listed(
        "listCommunities",
        "/communities",
        {"parent": VALLEY},
        lambda one: CloseCommunity(community=one["id"]),
    ),
    Listed("listContributions", f"/communities/{VALLEY}/contributions"),
    Listed("listCorrections", f"/periods/{A_MONTH}/corrections"),
    Listed("listTeams", "/teams", {"community": VALLEY}, lambda one: DisbandTeam(team=one["id"])),
    Listed(
        "listTeamMembers",
        f"/teams/{SINGERS}/members",
        leaving=lambda one: EndAssignment(volunteer=one["volunteer"], assignment=one["assignment"]),
    ),
    Listed("listVenues", "/venues", leaving=lambda one: CloseVenue(venue=one["id"])),
    Listed("listShiftsOfActivity", f"/activities/{CHOIR}/shifts"),
    Listed(
        "listShifts",
        "/shifts",
        {"days": 31, "free": True},
        lambda one: CancelShift(shift=one["id"], reason="weather"),
    ),
    Listed(
        "listRoster", f"/shifts/{CROWDED}/roster", leaving=lambda one: WithdrawSignUp(sign_up=one["sign_up"])
    ),
    Listed("listPosts", "/posts", {"on": "2026-12-01"}, lambda one: LeavePost(tenure=one["id"])),
    Listed(
        "listPostsOfVolunteer",
        f"/volunteers/{BOB}/posts",
        {"on": "2026-12-01"},
        lambda one: LeavePost(tenure=one["id"]),
    ),
    Listed(
        "listOrganisations",
        "/organisations",
        {"on": "2026-12-01"},
        lambda one: DetachOrganisation(attachment=one["id"].replace("org_", "att_")),
    ),
    Listed(
        "listAllAttachments",
        "/attachments",
        {"on": "2026-12-01"},
        lambda one: DetachOrganisation(attachment=one["id"]),
    ),
    Listed(
        "listAttachments",
        "/organisations/org_opera/attachments",
        {"on": "2026-12-01"},
        lambda one: DetachOrganisation(attachment=one["id"]),
    ),
    Listed(
        "listDesignations",
        "/designations",
        {"on": "2026-12-01"},
        lambda one: EndDesignation(designation=one["id"]),
    ),
    Listed(
        "listTraining",
        "/training",
        leaving=lambda one: AnnulTraining(training=one["id"], reason="mistake"),
    ),
    Listed("getExplanation", f"/audit/explanations/{ANN}"),
)
"""Those that are asked in some way, or that an item may leave."""


def pages(read: Read) -> bool:
    """Whether what is asked for is a list in pages."""
    return any(field.name == "next_cursor" for field in msgspec.structs.fields(read.operation.answers))


def _plain() -> Iterator[Listed]:
    """The other lists, each as its example names what it is about, and whole."""
    singled_out = {one.name for one in _SINGLED_OUT}
    for read in READS:
        if pages(read) and read.name not in singled_out:
            yield Listed(read.name, path_of(read))


LISTS = (*_SINGLED_OUT, *_plain())
FIGURES = {"listLeaderboardPlaces", "listContributions", "listContributionsOfAll"}
"""Of these all pages are of one moment, or their callers are told to begin again."""


def paged(admin: Client, listed: Listed, limit: int = 1) -> Iterator[Any]:
    """Each page of a list."""
    page = admin.read(listed.path, **listed.query, limit=limit)
    yield page
    while page["next_cursor"] is not None:
        page = admin.read(listed.path, **listed.query, limit=limit, cursor=page["next_cursor"])
        yield page


def whole(admin: Client, listed: Listed) -> list[Any]:
    """All of a list at once."""
    return admin.read(listed.path, **listed.query, limit=200)["items"]

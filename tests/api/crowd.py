"""More of everything in the village, so that each list of the API has a middle; and how an item leaves its list."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from ledger.api.signing import signed_head
from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.activities import PublishActivity
from ledger.domain.commands import Command, Refusal
from ledger.domain.communities import CloseCommunity, EstablishCommunity
from ledger.domain.designations import EndDesignation, GrantDesignation
from ledger.domain.events import Activity, Level, RolePlaces, Venue
from ledger.domain.offers import CloseOffer, PublishOffer
from ledger.domain.organisations import AttachOrganisation, DetachOrganisation
from ledger.domain.periods import ClosePeriod
from ledger.domain.posts import LeavePost, TakePost
from ledger.domain.presence import AbandonVisit, ClockIn
from ledger.domain.redemptions import CancelRedemption, PlaceRedemption
from ledger.domain.service import DeclineService
from ledger.domain.shifts import CancelShift, PublishShift
from ledger.domain.signups import SignUp, WithdrawSignUp
from ledger.domain.teams import DisbandTeam, FormTeam
from ledger.domain.training import AnnulTraining, CompleteTraining
from ledger.domain.venues import CloseVenue, OpenVenue
from ledger.domain.volunteers import EndAssignment, MoveVolunteer, RegisterVolunteer, TeamPlace
from tests.api.village import ANN, BOB, DAN, EVE, HILLS, LONG_AGO, OFFICE, OTHER_OFFICE, SINGERS, TEA, VALLEY
from tests.api.village_places import CHOIR, CODE, HALL
from tests.small_bank import attest, report

NUMBERS = range(1, 6)
CROWDED = "shi_new1"
"""A shift with two places, for which six signed up."""
A_MONTH = "2026-01"
"""A month that is closed."""

Leaving = Callable[[Mapping[str, Any]], Command]


class Listed(NamedTuple):
    """A list with five items or more; `leaving` makes the command after which an item is in it no more, if any does."""

    name: str
    path: str
    query: Mapping[str, Any] = {}
    leaving: Leaving | None = None

    def __str__(self) -> str:
        return self.name


LISTS = (
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
    Listed("listClosings", "/periods"),
    Listed("listCorrections", f"/periods/{A_MONTH}/corrections"),
    Listed("listTeams", "/teams", {"community": VALLEY}, lambda one: DisbandTeam(team=one["id"])),
    Listed(
        "listTeamMembers",
        f"/teams/{SINGERS}/members",
        leaving=lambda one: EndAssignment(volunteer=one["volunteer"], assignment=one["assignment"]),
    ),
    Listed("listVenues", "/venues", leaving=lambda one: CloseVenue(venue=one["id"])),
    Listed("listActivities", "/activities"),
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
    Listed("listCheckpoints", "/audit/checkpoints"),
    Listed("getExplanation", f"/audit/explanations/{ANN}"),
)
FIGURES = {"listLeaderboardPlaces", "listContributions"}
"""Of these all pages are of one moment, or their callers are told to begin again."""


def gather(ledger: Ledger) -> None:
    """Let there be more of everything: each item of a list has its place by what it is sorted by, and often alike."""
    for number in NUMBERS:
        hear(ledger, *_people(number), *_things(number, ledger.today()), *_service(number))
        hear(ledger, *_presence(ledger, number))
        signed_head(ledger)


def hear(ledger: Ledger, *commands: Command, by: str = OTHER_OFFICE) -> None:
    """Let the bank decide on commands, of which it refuses none."""
    outcomes = ledger.bank.handle_many([Ask(command, by) for command in commands])
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert not refused, refused


def leave(ledger: Ledger, listed: Listed, item: Mapping[str, Any]) -> None:
    """Let an item be in a list no more."""
    assert listed.leaving is not None
    hear(ledger, listed.leaving(item), by=OFFICE)


def venue(identifier: str, name: str) -> Venue:
    """A venue of the valley, as it is described."""
    return Venue(
        id=identifier,
        name=name,
        kind="hall",
        community=VALLEY,
        unit="石桥镇文化站",
        content="场馆服务",
        coordinates=None,
    )


def _people(number: int) -> Sequence[Command]:
    volunteer, village = f"vol_new{number}", f"com_new{number}"
    return (
        EstablishCommunity(
            community=village, name=f"村{number % 3}乙{number}", level=Level.VILLAGE, parent=VALLEY
        ),
        RegisterVolunteer(
            volunteer=volunteer,
            community=village,
            place=TeamPlace(assignment=f"asg_new{number}", team=SINGERS),
            day=LONG_AGO,
        ),
        TakePost(tenure=f"ten_new{number}", volunteer=BOB, community=VALLEY, post=f"liaison-{number}"),
        CompleteTraining(
            training=f"trn_new{number}",
            volunteer=ANN,
            name=f"讲解{number}",
            content="展厅讲解",
            minutes=60,
            organiser="县文化馆",
        ),
    )


def _things(number: int, today: date) -> Sequence[Command]:
    return (
        FormTeam(team=f"tea_new{number}", name=f"队{number}", community=VALLEY),
        PublishOffer(offer=f"off_new{number}", name=f"书{number}", kind="goods", price=1, stock=1),
        PlaceRedemption(redemption=f"red_new{number}", offer=TEA, volunteer=DAN),
        OpenVenue(venue=venue(f"ven_new{number}", f"馆{number % 2}"), theme=None, code=CODE),
        PublishActivity(activity=_activity(number), day=today + timedelta(days=number % 2)),
        GrantDesignation(
            designation=f"des_new{number}", name=f"示范{number}", community=VALLEY, granted_by="青禾县"
        ),
        *(
            AttachOrganisation(
                attachment=f"att_{organisation[4:]}{more}",
                organisation=organisation,
                name=f"社{organisation}",
                kind="society",
                community=community,
            )
            for organisation, more, community in (
                (f"org_new{number}", "", VALLEY),
                ("org_opera", number, f"com_new{number}"),
            )
        ),
    )


def _service(number: int) -> Sequence[Command]:
    return (
        # Two days share a day of service, and a month that is closed already gets corrections.
        attest(ANN, 30, date(2026, 1, 5 + number % 3), f"rec_ann{number}"),
        attest(f"vol_new{number}", 10 * number, date(2026, 3, 1), f"rec_new{number}"),
        report(f"vol_new{number}", 30, f"rec_told{number}", date(2026, 3, 2 + number % 2)),
        ClosePeriod(month=f"2026-{5 + number:02}"),
    )


def _presence(ledger: Ledger, number: int) -> Sequence[Command]:
    shift, begins = f"shi_new{number}", ledger.now() + timedelta(days=10 + number)
    return (
        PublishShift(
            shift=shift,
            activity=CHOIR,
            begins=begins,
            ends=begins + timedelta(hours=5),
            roles=(RolePlaces(role="volunteer", places=2), RolePlaces(role="guide", places=2)),
            waitlist=5,
        ),
        SignUp(sign_up=f"sig_ann{number}", shift=shift, volunteer=ANN),
        *(
            (SignUp(sign_up=f"sig_new{one}", shift=CROWDED, volunteer=f"vol_new{one}") for one in NUMBERS)
            if number == NUMBERS[-1]
            else ()
        ),
        ClockIn(visit=f"vis_new{number}", venue=HALL, volunteer=EVE, code=CODE),
        AbandonVisit(visit=f"vis_new{number}", reason="forgotten"),
    )


def _activity(number: int) -> Activity:
    return Activity(
        id=f"act_new{number}",
        name=f"合唱{number}",
        programme=None,
        campaign=None,
        form="show",
        audience=None,
        community=VALLEY,
        venue=None,
        place="石桥礼堂",
        content="演出",
        unit="石桥镇文化站",
        in_charge=None,
    )

"""More of everything in the village, so that each list of the API has a middle."""

from collections.abc import Sequence
from datetime import date, timedelta

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.activities import PublishActivity
from ledger.domain.commands import Command, Refusal
from ledger.domain.communities import EstablishCommunity
from ledger.domain.designations import GrantDesignation
from ledger.domain.events import Activity, Level, RolePlaces, Venue
from ledger.domain.offers import PublishOffer
from ledger.domain.organisations import AttachOrganisation
from ledger.domain.periods import ClosePeriod
from ledger.domain.posts import TakePost
from ledger.domain.presence import AbandonVisit, ClockIn
from ledger.domain.redemptions import PlaceRedemption
from ledger.domain.shifts import PublishShift
from ledger.domain.sign_ups import SignUp
from ledger.domain.teams import FormTeam
from ledger.domain.training import CompleteTraining
from ledger.domain.venues import OpenVenue
from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.operations.proofs.signing import signed_head
from tests.api.village import ANN, BOB, DAN, EVE, LONG_AGO, OTHER_OFFICE, SINGERS, TEA, VALLEY
from tests.api.village_places import CHOIR, CODE, HALL
from tests.small_bank import attest, report

NUMBERS = range(1, 6)
CROWDED = "shi_new1"
"""A shift with two places, for which six signed up."""
A_MONTH = "2026-01"
"""A month that is closed."""


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
        attest(ANN, 30 + number, date(2026, 1, 5 + number % 3), f"rec_ann{number}"),
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

"""A small county for the API's tests: two towns, volunteers in each, and something of every kind."""

from datetime import date, datetime, timedelta

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.commands import Command, Refusal
from ledger.domain.communities import EstablishCommunity
from ledger.domain.credits import DonateCredits
from ledger.domain.events import Level, TermKind
from ledger.domain.offers import PublishOffer
from ledger.domain.opening import OpenLedger
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import STANDARD
from ledger.domain.qualifications import RecogniseSkill
from ledger.domain.redemptions import FulfilRedemption, PlaceRedemption
from ledger.domain.teams import FormTeam
from ledger.domain.terms import DefineTerm
from ledger.domain.volunteers import RegisterVolunteer, SuspendVolunteer, TeamPlace
from ledger.operations.proofs.signing import signed_head
from ledger.people.directory import Volunteer, new_salt
from projections.running.inline import InlineViews
from tests.api.clock import MORNING
from tests.small_bank import attest, report, running

COUNTY, VALLEY, HILLS, VILLAGE = "com_county", "com_valley", "com_hills", "com_village"
"""The village lies in the valley; the hills are another town."""
SINGERS, HIKERS = "tea_singers", "tea_hikers"
"""Of the valley and of the hills."""
ANN, BOB, EVE = "vol_ann", "vol_bob", "vol_eve"
"""Ann is at home in the village, Bob in the valley, Eve in the hills."""
NUMBERS = {ANN: "QH0001", BOB: "QH0002", EVE: "QH0003"}
"""Of some: nobody gave the others a number."""
OFFICE, OTHER_OFFICE = "stf_office", "stf_warden"
LONG_AGO = date(2020, 1, 1)
A_DAY = date(2026, 3, 1)

COMMANDS: tuple[Command, ...] = (
    OpenLedger(origin="timebank", zone="Asia/Shanghai"),
    AdoptPolicy(policy=STANDARD, effective=date.min),
    EstablishCommunity(community=COUNTY, name="青禾县", level=Level.COUNTY, day=LONG_AGO),
    EstablishCommunity(community=VALLEY, name="石桥镇", level=Level.TOWN, parent=COUNTY, day=LONG_AGO),
    EstablishCommunity(community=HILLS, name="云岭镇", level=Level.TOWN, parent=COUNTY, day=LONG_AGO),
    EstablishCommunity(community=VILLAGE, name="东桥村", level=Level.VILLAGE, parent=VALLEY, day=LONG_AGO),
    FormTeam(team=SINGERS, name="合唱队", community=VALLEY, field="arts", day=LONG_AGO),
    FormTeam(team=HIKERS, name="登山队", community=HILLS, day=LONG_AGO),
    RegisterVolunteer(
        volunteer=ANN,
        community=VILLAGE,
        place=TeamPlace(assignment="asg_ann", team=SINGERS),
        day=LONG_AGO,
    ),
    RegisterVolunteer(volunteer=BOB, community=VALLEY, day=LONG_AGO),
    RegisterVolunteer(volunteer=EVE, community=HILLS, day=LONG_AGO),
    attest(ANN, 120, A_DAY, "rec_ann"),
    attest(EVE, 60, A_DAY, "rec_eve"),
)

DAN, FAY = "vol_dan", "vol_fay"
"""Of the valley: Dan earned much and knows first aid, Fay is suspended."""
TEA, TOUR = "off_tea", "off_tour"
"""An offer of the valley's, and one of the whole association's."""

LIVES: tuple[Command, ...] = (
    RegisterVolunteer(volunteer=DAN, community=VALLEY, day=LONG_AGO),
    RegisterVolunteer(volunteer=FAY, community=VALLEY, day=LONG_AGO),
    SuspendVolunteer(volunteer=FAY, reason="ill", day=A_DAY),
    RecogniseSkill(volunteer=DAN, skill="first-aid", day=LONG_AGO),
    attest(DAN, 600, A_DAY, "rec_dan"),
    report(BOB, 90, "rec_bob", A_DAY),
    DonateCredits(donation="don_dan", giver=DAN, community=VALLEY, minutes=60),
    PublishOffer(offer=TEA, name="茶叶", kind="goods", price=30, stock=10, community=VALLEY, day=LONG_AGO),
    DefineTerm(kind=TermKind.ROLE, code="lantern-bearer", zh="掌灯员", en="lantern bearer"),
    DefineTerm(kind=TermKind.POST, code="gate-keeper", zh="门卫", en="gate keeper"),
    PublishOffer(offer=TOUR, name="一日游", kind="trip", price=120, stock=5, day=LONG_AGO),
)
LONG_AGO_REDEEMED: tuple[Command, ...] = (
    PlaceRedemption(redemption="red_held", offer=TEA, volunteer=DAN),
    PlaceRedemption(redemption="red_done", offer=TEA, volunteer=DAN, items=2),
    FulfilRedemption(redemption="red_done"),
)
"""Dan's, forty days ago: the first is held still, and due."""


HEAD = 14 + len(LIVES) + len(LONG_AGO_REDEEMED) + 27
"""The position after all of this, registering Ann being two facts, and after what `village_places` adds."""


def found(ledger: Ledger) -> None:
    """Open the ledger, let all of this be, and sign it."""
    from tests.api import village_places

    people = [Volunteer(who, number, who, "", "", "", new_salt()) for who, number in NUMBERS.items()]
    ledger.directory.put(people)
    outcomes = ledger.bank.handle_many([Ask(command, OTHER_OFFICE) for command in (*COMMANDS, *LIVES)])
    # A hold may be released after thirty days, and the clock only says what day it is.
    with running(ledger.log, [InlineViews(ledger.views.all())], now=forty_days_ago) as bank:
        outcomes += bank.handle_many([Ask(command, OTHER_OFFICE) for command in LONG_AGO_REDEEMED])
    assert [outcome for outcome in outcomes if isinstance(outcome, Refusal)] == []
    village_places.found(ledger)
    signed_head(ledger)


def forty_days_ago() -> datetime:
    """What the clock said then."""
    return MORNING - timedelta(days=40)

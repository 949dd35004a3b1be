"""Every stored event type is read for ever: the golden files are facts as they lie in ledgers that exist.

`tests/data/golden` holds a file of each; where a fact has fields that may be empty there is a `.min` of it too, and
where it has gained one that is left out when empty, one named after that. `write_golden` writes the file of a fact that
is new here. A file is never edited: where it is not read as it was, it is the program that is wrong.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from ledger.domain.events import (
    AnyEvent,
    Cause,
    CommunityClosed,
    CommunityEstablished,
    CommunityMerged,
    CommunityRenamed,
    CommunityReparented,
    CountedDay,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    Language,
    LedgerNamed,
    LedgerOpened,
    Level,
    PeriodClosed,
    PolicyAdopted,
    ServedDay,
    Service,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
    TeamAssigned,
    TeamAssignmentEnded,
    TeamDisbanded,
    TeamFormed,
    TeamRenamed,
    TeamReparented,
    VolunteerMoved,
    VolunteerRegistered,
    VolunteerReinstated,
    VolunteerSuspended,
    VolunteerWithdrawn,
)
from ledger.domain.policy import STANDARD
from ledger.store import codec
from ledger.store.codec import UnreadableEvent, decode, decode_tags, encode, stored, type_name
from tests.store.golden_activities import ACTIVITIES
from tests.store.golden_appointments import GOLDEN_APPOINTMENTS
from tests.store.golden_redemptions import FACTS

FOLDER = Path(__file__).parents[1] / "data" / "golden"
COMMAND = "python -m tests.store.write_golden"

ANN, BOB = "vol_a2b3c4d5e6f7g2h3i4j5k6l7m2", "vol_b3c4d5e6f7g2h3i4j5k6l7m2n3"
CLERK = "stf_office"
SHIRE, VALE, HILLS = (
    "com_s2h3i4r5e6a2b3c4d5e6f7g2h3",
    "com_v2a3l4e5a6b2c3d4e5f6g7h2i3",
    "com_h2i3l4l5s6a2b3c4d5e6f7g2h3",
)
GUARD, HERONS = "tea_g2u3a4r5d6a2b3c4d5e6f7g2h3", "tea_h2e3r4o5n6s2a3b4c5d6e7f2g3"
STAY, ACTIVITY, RECORD = (
    "asg_a2s3s4i5g6n2a3b4c5d6e7f2g3",
    "act_a2c3t4i5v6i2t3y4a5b6c7d2e3",
    "rec_r2e3c4o5r6d2a3b4c5d6e7f2g3",
)
DORA = "per_p2e3r4s5o6n2a3b4c5d6e7f2g3"

LAST_DAY, NEW_YEAR = date(2025, 12, 31), date(2026, 1, 1)

BATCH = Cause(
    request="external:office/镇2025-0001",
    fingerprint="0123456789abcdef" * 4,
    batch="hours-a2b3c4d5e6f7g2h3i4j5k6l7m2",
)
REQUEST = Cause(request="request:0123456789abcdef0123456789abcdef", fingerprint="fedcba9876543210" * 4)
TRACED = msgspec.structs.replace(REQUEST, trace="00112233445566778899aabbccddeeff")
RUN = Cause(batch="tree-a2b3c4d5e6f7g2h3i4j5k6l7m2")

SERVICE = Service(
    record=RECORD,
    volunteer=ANN,
    activity=ACTIVITY,
    activity_name="“科学风车”巡展 & Nachtflug: 1/2 …",
    place="丹徒区·东村（Ostdorf）",
    content="讲解",
    role="team-leader",
    unit="应急科普服务队",
    in_charge=DORA,
    programme="科学风车",
    hosted_by=HILLS,
    evidence="checked-in",
)
BARE_SERVICE = msgspec.structs.replace(SERVICE, in_charge=None, programme=None, hosted_by=None)
SERVED = (ServedDay(day=LAST_DAY, minutes=90), ServedDay(day=NEW_YEAR, minutes=1_440))
COUNTED = (
    CountedDay(
        day=LAST_DAY,
        minutes=90,
        community=VALE,
        team=HERONS,
        policy="standard",
        policy_version=1,
        credits=90,
    ),
    CountedDay(
        day=NEW_YEAR,
        minutes=1_440,
        community=HILLS,
        team=None,
        policy="kunshan",
        policy_version=12,
        credits=0,
    ),
)
BARE_DAY = (msgspec.structs.replace(COUNTED[0], team=None, minutes=1, credits=1),)


def stamped(event: Event, cause: Cause = REQUEST, *, by: str = CLERK) -> Event:
    """A fact as the log writes it, of an instant with microseconds where it has a cause."""
    at = datetime(2026, 3, 8, 15, 59, 59, 999_999 if cause != Cause() else 0, tzinfo=UTC)
    return msgspec.structs.replace(event, id="evt_e2v3e4n5t6a2b3c4d5e6f7g2h3", at=at, by=by, cause=cause)


GOLDEN = {
    "ledger-opened": stamped(LedgerOpened(on=NEW_YEAR, origin="zhenjiang-2", zone="Asia/Shanghai"), Cause()),
    "ledger-opened.language": stamped(
        LedgerOpened(on=NEW_YEAR, origin="qinghe", zone="Asia/Shanghai", language=Language.ZH), Cause()
    ),
    "ledger-named": stamped(LedgerNamed(on=NEW_YEAR, name="青禾区志愿者银行"), Cause()),
    "policy-adopted": stamped(PolicyAdopted(on=date.min, policy=STANDARD, effective=date.min)),
    "policy-adopted.min": stamped(
        PolicyAdopted(
            on=date.max, policy=msgspec.structs.replace(STANDARD, floor=-600, stars=()), effective=date.max
        ),
        Cause(),
    ),
    "period-closed": stamped(PeriodClosed(on=NEW_YEAR, month="2025-12")),
    "community-established": stamped(
        CommunityEstablished(on=date.min, community=VALE, name="谷阳镇", level=Level.TOWN, parent=SHIRE), RUN
    ),
    "community-established.min": stamped(
        CommunityEstablished(on=NEW_YEAR, community=SHIRE, name="丹徒区", level=Level.COUNTY, parent=None),
        Cause(),
    ),
    "community-renamed": stamped(CommunityRenamed(on=NEW_YEAR, community=VALE, name="Vale")),
    "community-reparented": stamped(CommunityReparented(on=NEW_YEAR, community=VALE, parent=SHIRE)),
    "community-merged": stamped(CommunityMerged(on=NEW_YEAR, community=VALE, into=HILLS)),
    "community-closed": stamped(CommunityClosed(on=NEW_YEAR, community=VALE)),
    "team-formed": stamped(
        TeamFormed(
            on=date.min,
            team=HERONS,
            name="夜鹭科普队",
            parent=GUARD,
            community=VALE,
            field="emergency-medicine",
            brand="科普蜂巢",
        ),
        RUN,
    ),
    "team-formed.min": stamped(
        TeamFormed(on=NEW_YEAR, team=GUARD, name="总队", parent=None, community=None), Cause()
    ),
    "team-renamed": stamped(TeamRenamed(on=NEW_YEAR, team=HERONS, name="Herons")),
    "team-reparented": stamped(TeamReparented(on=NEW_YEAR, team=HERONS, parent=GUARD)),
    "team-disbanded": stamped(TeamDisbanded(on=NEW_YEAR, team=HERONS)),
    "volunteer-registered": stamped(
        VolunteerRegistered(on=NEW_YEAR, volunteer=ANN, community=VALE),
        Cause(request=f"roster:{ANN}", fingerprint="0123456789abcdef" * 4, batch="roster-a2b3c4d5e6f7"),
    ),
    "volunteer-moved": stamped(VolunteerMoved(on=NEW_YEAR, volunteer=ANN, community=HILLS)),
    "volunteer-suspended": stamped(VolunteerSuspended(on=NEW_YEAR, volunteer=ANN, reason="conduct")),
    "volunteer-reinstated": stamped(VolunteerReinstated(on=NEW_YEAR, volunteer=ANN)),
    "volunteer-withdrawn": stamped(VolunteerWithdrawn(on=NEW_YEAR, volunteer=ANN), by=ANN),
    "team-assigned": stamped(
        TeamAssigned(
            on=LAST_DAY, volunteer=ANN, assignment=STAY, team=HERONS, role="team-leader", until=NEW_YEAR
        )
    ),
    "team-assigned.min": stamped(
        TeamAssigned(on=LAST_DAY, volunteer=ANN, assignment=STAY, team=HERONS, role="member", until=None),
        Cause(),
    ),
    "team-assignment-ended": stamped(
        TeamAssignmentEnded(on=NEW_YEAR, volunteer=ANN, assignment=STAY, team=HERONS)
    ),
    "service-reported": stamped(ServiceReported(on=LAST_DAY, service=SERVICE, days=SERVED), by=ANN),
    "service-reported.min": stamped(
        ServiceReported(on=LAST_DAY, service=BARE_SERVICE, days=SERVED[:1]), Cause(), by=ANN
    ),
    "service-declined": stamped(ServiceDeclined(on=LAST_DAY, record=RECORD, volunteer=ANN, reason="absent")),
    "service-approved": stamped(
        ServiceApproved(on=LAST_DAY, service=SERVICE, days=COUNTED, reported_by=ANN), by=BOB
    ),
    "service-approved.min": stamped(
        ServiceApproved(on=LAST_DAY, service=BARE_SERVICE, days=BARE_DAY, reported_by=ANN), Cause()
    ),
    "service-attested": stamped(ServiceAttested(on=LAST_DAY, service=SERVICE, days=COUNTED), BATCH),
    "service-attested.min": stamped(
        ServiceAttested(on=LAST_DAY, service=BARE_SERVICE, days=BARE_DAY), Cause()
    ),
    "service-attested.again": stamped(
        ServiceAttested(
            on=LAST_DAY, service=SERVICE, days=COUNTED, resembles="rec_s2a3m4e5r6e2c3o4r5d6", again=True
        ),
        BATCH,
    ),
    "service-approved.resembles": stamped(
        ServiceApproved(
            on=LAST_DAY,
            service=SERVICE,
            days=COUNTED,
            reported_by="stf_clerk",
            resembles="rec_s2a3m4e5r6e2c3o4r5d6",
        )
    ),
    "service-reversed": stamped(
        ServiceReversed(on=LAST_DAY, service=SERVICE, days=COUNTED, reason="wrong-person")
    ),
    "service-reversed.min": stamped(
        ServiceReversed(on=LAST_DAY, service=BARE_SERVICE, days=BARE_DAY, reason="mistake"), Cause()
    ),
    "credits-transferred": stamped(
        CreditsTransferred(
            on=NEW_YEAR, transfer="tra_t2r3a4n5s6f2", giver=ANN, receiver=BOB, minutes=1_000_000_000
        ),
        by=ANN,
    ),
    "credits-donated": stamped(
        CreditsDonated(on=NEW_YEAR, donation="don_d2o3n4a5t6e2", giver=ANN, community=VALE, minutes=45),
        by=ANN,
    ),
    "credits-granted": stamped(
        CreditsGranted(on=NEW_YEAR, grant="gra_g2r3a4n5t6a2", community=VALE, receiver=BOB, minutes=45)
    ),
}
GOLDEN |= {
    name: stamped(event, Cause() if name.endswith(".min") else REQUEST)
    for name, event in {**GOLDEN_APPOINTMENTS, **ACTIVITIES}.items()
}
GOLDEN |= {name: stamped(fact, Cause() if "." in name else REQUEST) for name, fact in FACTS.items()}
GOLDEN["credits-transferred.trace"] = msgspec.structs.replace(GOLDEN["credits-transferred"], cause=TRACED)

OF_OLD: set[str] = set()
"""Files that are read but written no more, as their type has gained a field since."""

every = pytest.mark.parametrize("name", GOLDEN)


def golden(name: str) -> str:
    return (FOLDER / f"{name}.json").read_bytes().decode()


@every
def test_a_stored_fact_is_read_as_what_it_was(name: str):
    assert decode(golden(name)) == GOLDEN[name]


@pytest.mark.parametrize("name", sorted(GOLDEN.keys() - OF_OLD))
def test_a_fact_is_stored_in_the_same_bytes_as_ever(name: str):
    assert encode(GOLDEN[name]) == golden(name)
    assert encode(decode(golden(name))) == golden(name)


@every
def test_a_fact_is_found_under_the_same_tags_as_ever(name: str):
    pinned = json.loads((FOLDER / "tags.json").read_text("utf-8"))
    row = stored(1, decode(golden(name)))
    assert list(decode_tags(row.tags)) == pinned[name]
    assert (row.position, row.type, row.data) == (1, name.partition(".")[0], golden(name))


def test_every_type_of_fact_has_a_golden_file_and_every_file_is_read():
    assert {type(event) for event in GOLDEN.values()} == set(get_args(AnyEvent))
    assert {name.partition(".")[0] for name in GOLDEN} == {type_name(kind) for kind in get_args(AnyEvent)}
    files = {path.stem for path in FOLDER.glob("*.json")} - {"tags"}
    written = f"`{COMMAND}` writes those of new facts"
    assert files == set(GOLDEN) == set(json.loads((FOLDER / "tags.json").read_text("utf-8"))), written


def test_the_bytes_are_one_line_of_json_in_utf_8():
    for name in GOLDEN:
        data = (FOLDER / f"{name}.json").read_bytes()
        assert b"\n" not in data
        assert b"\\u" not in data
        fields = json.loads(data)
        assert list(fields)[:6] == ["type", "id", "at", "on", "by", "cause"]
        assert fields["at"].endswith("Z")


@every
def test_a_fact_stored_under_an_old_name_is_read(name: str, monkeypatch: pytest.MonkeyPatch):
    event = GOLDEN[name]
    monkeypatch.setitem(codec.RENAMED, "old-name", type_name(type(event)))
    of_old = golden(name).replace(f'"type":"{type_name(type(event))}"', '"type":"old-name"', 1)
    assert of_old != golden(name)
    assert decode(of_old) == event


def test_a_name_that_nobody_knows_is_not_read():
    with pytest.raises(UnreadableEvent, match="old-name"):
        decode(golden("community-closed").replace("community-closed", "old-name", 1))


def test_a_fact_with_a_field_that_this_release_does_not_know_is_not_read():
    with pytest.raises(UnreadableEvent, match="unknown field"):
        decode(golden("community-closed").replace('"on":', '"moon":"full","on":', 1))


def test_a_fact_as_deep_as_no_fact_is_not_read():
    deep = "[" * 100_000
    for text in (
        golden("community-closed").replace('"on":', f'"moon":{deep},"on":', 1),
        f'{{"type":{{"":{deep}',
    ):
        with pytest.raises(UnreadableEvent):
            decode(text)


def test_a_fact_whose_field_holds_what_it_may_not_is_never_stored():
    for event in (
        msgspec.structs.replace(GOLDEN["credits-donated"], minutes=0),
        msgspec.structs.replace(GOLDEN["community-renamed"], name="Vale\u202e"),
        msgspec.structs.replace(GOLDEN["team-assigned"], role="Leader"),
        msgspec.structs.replace(GOLDEN["ledger-opened"], id=""),
        msgspec.structs.replace(GOLDEN["volunteer-moved"], by="com_mill"),
        msgspec.structs.replace(GOLDEN["service-attested"], days=()),
        msgspec.structs.replace(GOLDEN["team-disbanded"], cause=Cause(request="request:\x00")),
        msgspec.structs.replace(GOLDEN["offer-published"], price=0),
        msgspec.structs.replace(GOLDEN["offer-restocked"], items=0),
        msgspec.structs.replace(GOLDEN["redemption-placed"], items=101),
        msgspec.structs.replace(GOLDEN["volunteer-checked-out"], ended=datetime(2026, 1, 1)),  # noqa: DTZ001
        msgspec.structs.replace(GOLDEN["venue-opened"], code="plain"),
    ):
        with pytest.raises(UnreadableEvent):
            stored(1, event)

"""What stories of service records and credits are told with: facts in the past tense, commands as orders.

The rest of the world is in `tests.stories_world`.
"""

from datetime import date
from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.domain.events import (
    CountedDay,
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    ServedDay,
    Service,
    ServiceAdded,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
)
from ledger.domain.policy import STANDARD, Policy
from ledger.domain.service import ApproveService, AttestService, DeclineService, ReportService, ReverseService
from tests.scenario import MONDAY, SUNDAY
from tests.stories_world import MILL

WARDEN = "stf_warden"
RECORD, GIFT, DONATION, GRANT = "rec_stars", "tra_gift", "don_gift", "gra_gift"


# --- facts: what has happened ---------------------------------------------------------------------------------------


def service(who: str, record: str = RECORD, *, hosted_by: str | None = None) -> Service:
    """What a record says of an evening of stargazing."""
    return Service(
        record=record,
        volunteer=who,
        activity="act_stars",
        activity_name="观星夜",
        place="Mill green",
        content="讲解",
        role="guide",
        unit="Herons",
        in_charge="per_dora",
        programme="Science Windmill",
        hosted_by=hosted_by,
        evidence="attested",
    )


def served(day: date, minutes: int) -> ServedDay:
    return ServedDay(day=day, minutes=minutes)


def counted(
    day: date,
    minutes: int,
    home: str = MILL,
    *,
    team: str | None = None,
    earning: int | None = None,
    under: Policy = STANDARD,
) -> CountedDay:
    """Minutes that count for a community, earning themselves in credits unless told."""
    return CountedDay(
        day=day,
        minutes=minutes,
        community=home,
        team=team,
        policy=under.name,
        policy_version=under.version,
        credits=minutes if earning is None else earning,
    )


def reported(who: str, *days: ServedDay, by: str = WARDEN, record: str = RECORD) -> ServiceReported:
    return ServiceReported(on=days[0].day, by=by, service=service(who, record), days=days)


def declined(who: str, on: date = MONDAY, *, record: str = RECORD, reason: str = "absent") -> ServiceDeclined:
    return ServiceDeclined(on=on, record=record, volunteer=who, reason=reason)


def approved(who: str, *days: CountedDay, reported_by: str = WARDEN, record: str = RECORD) -> ServiceApproved:
    return ServiceApproved(on=days[0].day, service=service(who, record), days=days, reported_by=reported_by)


def attested(who: str, *days: CountedDay, record: str = RECORD) -> ServiceAttested:
    return ServiceAttested(on=days[0].day, service=service(who, record), days=days)


A = TypeVar("A", bound=ServiceAdded)


def like(record: str, fact: A, *, again: bool | UnsetType = UNSET) -> A:
    """The same beside a record that it is like; `again` where somebody said that it is another service."""
    return msgspec.structs.replace(fact, resembles=record, again=again)


def reversed_(fact: CountedService, reason: str = "mistake") -> ServiceReversed:
    return ServiceReversed(on=fact.on, service=fact.service, days=fact.days, reason=reason)


def earned(who: str, minutes: int, on: date = MONDAY, *, record: str = "rec_earned") -> ServiceAttested:
    return attested(who, counted(on, minutes), record=record)


def gave(
    giver: str, receiver: str, minutes: int, on: date = SUNDAY, *, gift: str = GIFT
) -> CreditsTransferred:
    return CreditsTransferred(on=on, transfer=gift, giver=giver, receiver=receiver, minutes=minutes)


def donated(
    giver: str, minutes: int, *, to: str = MILL, on: date = SUNDAY, donation: str = DONATION
) -> CreditsDonated:
    return CreditsDonated(on=on, donation=donation, giver=giver, community=to, minutes=minutes)


def granted(
    receiver: str, minutes: int, *, out_of: str = MILL, on: date = SUNDAY, grant: str = GRANT
) -> CreditsGranted:
    return CreditsGranted(on=on, grant=grant, community=out_of, receiver=receiver, minutes=minutes)


# --- commands: what somebody wants ----------------------------------------------------------------------------------


def report(who: str, *days: ServedDay, record: str = RECORD, hosted_by: str | None = None) -> ReportService:
    return ReportService(service=service(who, record, hosted_by=hosted_by), days=days)


def attest(who: str, *days: ServedDay, record: str = RECORD, hosted_by: str | None = None) -> AttestService:
    return AttestService(service=service(who, record, hosted_by=hosted_by), days=days)


def approve(record: str = RECORD) -> ApproveService:
    return ApproveService(record=record)


def decline(record: str = RECORD, reason: str = "absent") -> DeclineService:
    return DeclineService(record=record, reason=reason)


def reverse(record: str = RECORD, reason: str = "mistake") -> ReverseService:
    return ReverseService(record=record, reason=reason)


def give(giver: str, receiver: str, minutes: int, *, gift: str = GIFT) -> TransferCredits:
    return TransferCredits(transfer=gift, giver=giver, receiver=receiver, minutes=minutes)


def donate(giver: str, minutes: int, *, to: str = MILL, donation: str = DONATION) -> DonateCredits:
    return DonateCredits(donation=donation, giver=giver, community=to, minutes=minutes)


def grant(receiver: str, minutes: int, *, out_of: str = MILL, grant: str = GRANT) -> GrantCredits:
    return GrantCredits(grant=grant, community=out_of, receiver=receiver, minutes=minutes)

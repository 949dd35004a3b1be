"""Credits that change hands: transfers, donations to a community's pool, grants from it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.accounts import pool_account, volunteer_account
from ledger.domain.commands import AlreadyRecorded, AnyFact, Command, Facts, Fold, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import CreditsDonated, CreditsGranted, CreditsTransferred, Event
from ledger.domain.ids import CommunityId, DonationId, GrantId, TransferId, VolunteerId
from ledger.domain.minutes import Minutes, spoken
from ledger.domain.policies import POLICIES, NoPolicy
from ledger.domain.postings import MOVING, postings
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered, affairs_of


class NotEnoughCredits(Refusal):
    """Spending would take an account below its floor."""

    code = "not-enough-credits"
    en = "There are {available} to spend, and {wanted} are wanted."
    zh = "余额不足：可用 {available}，需要 {wanted}。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details: minutes, as people say them."""
        return {name: spoken(int(minutes), language) for name, minutes in self.details.items()}


class SameAccount(Refusal):
    """Nobody gives to themselves."""

    code = "same-account"
    en = "Giver and receiver are the same."
    zh = "转出方与转入方相同。"


class Purse(Fold):
    """What one account of the credit book holds, in minutes."""

    types: ClassVar = MOVING

    def __init__(self, about: str) -> None:
        """An empty account."""
        self._account = about.partition(":")[2]
        self.minutes = 0

    def see(self, event: Event) -> None:
        """Add the account's lines of the fact."""
        for line in postings(event):
            if line.account == self._account:
                self.minutes += line.minutes

    def refuse_spending(self, minutes: int, floor: int) -> None:
        """Refuse with NotEnoughCredits what would take the account below its floor."""
        if self.minutes - minutes < floor:
            raise NotEnoughCredits(available=max(self.minutes - floor, 0), wanted=minutes)


class Movement(AnyFact):
    """Whether a transfer, donation or grant is recorded under its id."""

    types: ClassVar = frozenset({CreditsTransferred, CreditsDonated, CreditsGranted})


@lru_cache(maxsize=65_536)
def purse_of(account: str) -> Facts[Purse]:
    """The boundary line of one account."""
    return Facts(Purse, tags.account_tag(account))


class _Spending(Command, frozen=True, kw_only=True):
    """Minutes leave one account for another, once under the movement's id."""

    def refuse_unfit(self, seen: Seen, movement: str, source: str, minutes: int) -> None:
        """Refuse a movement recorded before, and one that the source account cannot bear."""
        if seen[Facts(Movement, tags.about(movement))].seen:
            raise AlreadyRecorded(id=movement)
        seen[purse_of(source)].refuse_spending(minutes, seen[POLICIES].in_force(seen.today).floor)


class TransferCredits(_Spending, frozen=True, kw_only=True):
    """Give credits to another volunteer."""

    refusals: ClassVar = (
        AlreadyRecorded,
        NoPolicy,
        NotEnoughCredits,
        NotInGoodStanding,
        NotRegistered,
        SameAccount,
    )

    transfer: TransferId
    giver: VolunteerId
    receiver: VolunteerId
    minutes: Minutes

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (
            Facts(Movement, tags.about(self.transfer)),
            purse_of(volunteer_account(self.giver)),
            affairs_of(self.giver),
            affairs_of(self.receiver),
            POLICIES,
        )

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if self.giver == self.receiver:
            raise SameAccount
        seen[affairs_of(self.giver)].refuse_unless_active(seen.today)
        self.refuse_unfit(seen, self.transfer, volunteer_account(self.giver), self.minutes)
        # Last: what stands against the giver must not depend on who the receiver is, or it would tell that.
        seen[affairs_of(self.receiver)].refuse_unless_active(seen.today)
        return (
            CreditsTransferred(
                on=seen.today,
                transfer=self.transfer,
                giver=self.giver,
                receiver=self.receiver,
                minutes=self.minutes,
            ),
        )


class DonateCredits(_Spending, frozen=True, kw_only=True):
    """Give credits to a community's pool."""

    refusals: ClassVar = (
        AlreadyRecorded,
        NoPolicy,
        NotEnoughCredits,
        NotInGoodStanding,
        NotRegistered,
        UnknownCommunity,
    )

    donation: DonationId
    giver: VolunteerId
    community: CommunityId
    minutes: Minutes

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (
            Facts(Movement, tags.about(self.donation)),
            purse_of(volunteer_account(self.giver)),
            affairs_of(self.giver),
            COMMUNITIES,
            POLICIES,
        )

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        seen[COMMUNITIES].open(self.community)
        seen[affairs_of(self.giver)].refuse_unless_active(seen.today)
        self.refuse_unfit(seen, self.donation, volunteer_account(self.giver), self.minutes)
        return (
            CreditsDonated(
                on=seen.today,
                donation=self.donation,
                giver=self.giver,
                community=self.community,
                minutes=self.minutes,
            ),
        )


class GrantCredits(_Spending, frozen=True, kw_only=True):
    """Give credits out of a community's pool to a volunteer."""

    refusals: ClassVar = (
        AlreadyRecorded,
        NoPolicy,
        NotEnoughCredits,
        NotInGoodStanding,
        NotRegistered,
        UnknownCommunity,
    )

    grant: GrantId
    community: CommunityId
    receiver: VolunteerId
    minutes: Minutes

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (
            Facts(Movement, tags.about(self.grant)),
            purse_of(pool_account(self.community)),
            affairs_of(self.receiver),
            COMMUNITIES,
            POLICIES,
        )

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        # A pool outlives its community: what was donated can still be given out.
        seen[COMMUNITIES].known(self.community)
        seen[affairs_of(self.receiver)].refuse_unless_active(seen.today)
        self.refuse_unfit(seen, self.grant, pool_account(self.community), self.minutes)
        return (
            CreditsGranted(
                on=seen.today,
                grant=self.grant,
                community=self.community,
                receiver=self.receiver,
                minutes=self.minutes,
            ),
        )

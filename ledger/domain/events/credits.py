"""Movements of credits that do not come from service: one fact each, both sides in it."""

from ledger.domain import tags
from ledger.domain.accounts import pool_account, volunteer_account
from ledger.domain.events.base import Event
from ledger.domain.ids import CommunityId, DonationId, GrantId, TransferId, VolunteerId
from ledger.domain.minutes import Minutes


class CreditsTransferred(Event, frozen=True, kw_only=True, tag="credits-transferred"):
    """Minutes moved from one volunteer's account to another's."""

    transfer: TransferId
    giver: VolunteerId
    receiver: VolunteerId
    minutes: Minutes

    def own_tags(self) -> tuple[str, ...]:
        return (
            tags.about(self.transfer),
            tags.account_tag(volunteer_account(self.giver)),
            tags.account_tag(volunteer_account(self.receiver)),
        )


class CreditsDonated(Event, frozen=True, kw_only=True, tag="credits-donated"):
    """Minutes moved from a volunteer's account to a community's pool."""

    donation: DonationId
    giver: VolunteerId
    community: CommunityId
    minutes: Minutes

    def own_tags(self) -> tuple[str, ...]:
        return (
            tags.about(self.donation),
            tags.account_tag(volunteer_account(self.giver)),
            tags.account_tag(pool_account(self.community)),
        )


class CreditsGranted(Event, frozen=True, kw_only=True, tag="credits-granted"):
    """Minutes moved from a community's pool to a volunteer's account."""

    grant: GrantId
    community: CommunityId
    receiver: VolunteerId
    minutes: Minutes

    def own_tags(self) -> tuple[str, ...]:
        return (
            tags.about(self.grant),
            tags.account_tag(pool_account(self.community)),
            tags.account_tag(volunteer_account(self.receiver)),
        )

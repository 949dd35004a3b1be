"""Every kind of fact that the log may hold. Stored names are for ever."""

from ledger.domain.events.base import Cause, Event
from ledger.domain.events.communities import (
    CommunityClosed,
    CommunityEstablished,
    CommunityEvent,
    CommunityMerged,
    CommunityRenamed,
    CommunityReparented,
    Level,
)
from ledger.domain.events.credits import CreditsDonated, CreditsGranted, CreditsTransferred
from ledger.domain.events.opening import LedgerOpened, PolicyAdopted
from ledger.domain.events.redemptions import (
    OfferClosed,
    OfferPublished,
    OfferRestocked,
    RedemptionCancelled,
    RedemptionEvent,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
)
from ledger.domain.events.service import (
    CountedDay,
    CountedService,
    ServedDay,
    Service,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
)
from ledger.domain.events.teams import TeamDisbanded, TeamEvent, TeamFormed, TeamRenamed, TeamReparented
from ledger.domain.events.volunteers import (
    TeamAssigned,
    TeamAssignmentEnded,
    VolunteerEvent,
    VolunteerMoved,
    VolunteerRegistered,
    VolunteerReinstated,
    VolunteerSuspended,
    VolunteerWithdrawn,
)

AnyEvent = (
    LedgerOpened
    | PolicyAdopted
    | CommunityEstablished
    | CommunityRenamed
    | CommunityReparented
    | CommunityMerged
    | CommunityClosed
    | TeamFormed
    | TeamRenamed
    | TeamReparented
    | TeamDisbanded
    | VolunteerRegistered
    | VolunteerMoved
    | VolunteerSuspended
    | VolunteerReinstated
    | VolunteerWithdrawn
    | TeamAssigned
    | TeamAssignmentEnded
    | ServiceReported
    | ServiceDeclined
    | ServiceApproved
    | ServiceAttested
    | ServiceReversed
    | CreditsTransferred
    | CreditsDonated
    | CreditsGranted
    | OfferPublished
    | OfferRestocked
    | OfferClosed
    | RedemptionPlaced
    | RedemptionFulfilled
    | RedemptionCancelled
    | RedemptionExpired
    | RedemptionReturned
)
"""The closed list, as one union."""

__all__ = [
    "AnyEvent",
    "Cause",
    "CommunityClosed",
    "CommunityEstablished",
    "CommunityEvent",
    "CommunityMerged",
    "CommunityRenamed",
    "CommunityReparented",
    "CountedDay",
    "CountedService",
    "CreditsDonated",
    "CreditsGranted",
    "CreditsTransferred",
    "Event",
    "LedgerOpened",
    "Level",
    "OfferClosed",
    "OfferPublished",
    "OfferRestocked",
    "PolicyAdopted",
    "RedemptionCancelled",
    "RedemptionEvent",
    "RedemptionExpired",
    "RedemptionFulfilled",
    "RedemptionPlaced",
    "RedemptionReturned",
    "ServedDay",
    "Service",
    "ServiceApproved",
    "ServiceAttested",
    "ServiceDeclined",
    "ServiceReported",
    "ServiceReversed",
    "TeamAssigned",
    "TeamAssignmentEnded",
    "TeamDisbanded",
    "TeamEvent",
    "TeamFormed",
    "TeamRenamed",
    "TeamReparented",
    "VolunteerEvent",
    "VolunteerMoved",
    "VolunteerRegistered",
    "VolunteerReinstated",
    "VolunteerSuspended",
    "VolunteerWithdrawn",
]

"""Every kind of fact that the log may hold. Stored names are for ever."""

from typing import get_args

from ledger.domain.events.activities import (
    Activity,
    ActivityCancelled,
    ActivityPublished,
    ActivityReported,
    ActivityRevised,
    Turnout,
)
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
from ledger.domain.events.designations import DesignationEnded, DesignationEvent, DesignationGranted
from ledger.domain.events.opening import LedgerOpened, PolicyAdopted
from ledger.domain.events.organisations import OrganisationAttached, OrganisationDetached, OrganisationEvent
from ledger.domain.events.periods import PeriodClosed
from ledger.domain.events.posts import PostEvent, PostLeft, PostTaken
from ledger.domain.events.presence import (
    Mode,
    VisitAbandoned,
    VisitEvent,
    VolunteerCheckedIn,
    VolunteerCheckedOut,
    VolunteerClockedIn,
)
from ledger.domain.events.qualifications import AgeBand, AgeBandNoted, SkillEnded, SkillRecognised
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
from ledger.domain.events.shifts import RolePlaces, ShiftCancelled, ShiftPublished
from ledger.domain.events.sign_ups import (
    NoShowLifted,
    NoShowRecorded,
    SignUpEvent,
    SignUpPromoted,
    SignUpReleased,
    SignUpWithdrawn,
    VolunteerPlaced,
    VolunteerSignedUp,
    VolunteerWaitlisted,
)
from ledger.domain.events.teams import TeamDisbanded, TeamEvent, TeamFormed, TeamRenamed, TeamReparented
from ledger.domain.events.terms import TermDefined, TermKind
from ledger.domain.events.training import TrainingAnnulled, TrainingCompleted, TrainingEvent
from ledger.domain.events.venues import (
    Coordinates,
    Crs,
    Venue,
    VenueClosed,
    VenueCodeRenewed,
    VenueOpened,
    VenueRevised,
    VenueUpdated,
)
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
    | VenueOpened
    | VenueRevised
    | VenueUpdated
    | VenueCodeRenewed
    | VenueClosed
    | ActivityPublished
    | ActivityRevised
    | ActivityReported
    | ActivityCancelled
    | AgeBandNoted
    | SkillRecognised
    | SkillEnded
    | ShiftPublished
    | ShiftCancelled
    | VolunteerSignedUp
    | VolunteerWaitlisted
    | SignUpPromoted
    | VolunteerPlaced
    | SignUpWithdrawn
    | SignUpReleased
    | NoShowRecorded
    | NoShowLifted
    | VolunteerCheckedIn
    | VolunteerClockedIn
    | VolunteerCheckedOut
    | VisitAbandoned
    | PostTaken
    | PostLeft
    | OrganisationAttached
    | OrganisationDetached
    | DesignationGranted
    | DesignationEnded
    | TrainingCompleted
    | TrainingAnnulled
    | TermDefined
    | OfferPublished
    | OfferRestocked
    | OfferClosed
    | RedemptionPlaced
    | RedemptionFulfilled
    | RedemptionCancelled
    | RedemptionExpired
    | RedemptionReturned
    | PeriodClosed
)
"""The closed list, as one union."""

EVERY_TYPE: frozenset[type[Event]] = frozenset(get_args(AnyEvent))
"""All kinds of facts there are."""

__all__ = [
    "EVERY_TYPE",
    "Activity",
    "ActivityCancelled",
    "ActivityPublished",
    "ActivityReported",
    "ActivityRevised",
    "AgeBand",
    "AgeBandNoted",
    "AnyEvent",
    "Cause",
    "CommunityClosed",
    "CommunityEstablished",
    "CommunityEvent",
    "CommunityMerged",
    "CommunityRenamed",
    "CommunityReparented",
    "Coordinates",
    "CountedDay",
    "CountedService",
    "CreditsDonated",
    "CreditsGranted",
    "CreditsTransferred",
    "Crs",
    "DesignationEnded",
    "DesignationEvent",
    "DesignationGranted",
    "Event",
    "LedgerOpened",
    "Level",
    "Mode",
    "NoShowLifted",
    "NoShowRecorded",
    "OfferClosed",
    "OfferPublished",
    "OfferRestocked",
    "OrganisationAttached",
    "OrganisationDetached",
    "OrganisationEvent",
    "PeriodClosed",
    "PolicyAdopted",
    "PostEvent",
    "PostLeft",
    "PostTaken",
    "RedemptionCancelled",
    "RedemptionEvent",
    "RedemptionExpired",
    "RedemptionFulfilled",
    "RedemptionPlaced",
    "RedemptionReturned",
    "RolePlaces",
    "ServedDay",
    "Service",
    "ServiceApproved",
    "ServiceAttested",
    "ServiceDeclined",
    "ServiceReported",
    "ServiceReversed",
    "ShiftCancelled",
    "ShiftPublished",
    "SignUpEvent",
    "SignUpPromoted",
    "SignUpReleased",
    "SignUpWithdrawn",
    "SkillEnded",
    "SkillRecognised",
    "TeamAssigned",
    "TeamAssignmentEnded",
    "TeamDisbanded",
    "TeamEvent",
    "TeamFormed",
    "TeamRenamed",
    "TeamReparented",
    "TermDefined",
    "TermKind",
    "TrainingAnnulled",
    "TrainingCompleted",
    "TrainingEvent",
    "Turnout",
    "Venue",
    "VenueClosed",
    "VenueCodeRenewed",
    "VenueOpened",
    "VenueRevised",
    "VenueUpdated",
    "VisitAbandoned",
    "VisitEvent",
    "VolunteerCheckedIn",
    "VolunteerCheckedOut",
    "VolunteerClockedIn",
    "VolunteerEvent",
    "VolunteerMoved",
    "VolunteerPlaced",
    "VolunteerRegistered",
    "VolunteerReinstated",
    "VolunteerSignedUp",
    "VolunteerSuspended",
    "VolunteerWaitlisted",
    "VolunteerWithdrawn",
]

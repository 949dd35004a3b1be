"""Every kind of fact that the log may hold. Stored names are for ever."""

from typing import get_args

# Imported as itself, each can be imported from here.
from ledger.domain.events.activities import Activity as Activity
from ledger.domain.events.activities import ActivityCancelled as ActivityCancelled
from ledger.domain.events.activities import ActivityPublished as ActivityPublished
from ledger.domain.events.activities import ActivityReported as ActivityReported
from ledger.domain.events.activities import ActivityRevised as ActivityRevised
from ledger.domain.events.activities import Turnout as Turnout
from ledger.domain.events.base import Cause as Cause
from ledger.domain.events.base import Event as Event
from ledger.domain.events.communities import CommunityClosed as CommunityClosed
from ledger.domain.events.communities import CommunityEstablished as CommunityEstablished
from ledger.domain.events.communities import CommunityEvent as CommunityEvent
from ledger.domain.events.communities import CommunityMerged as CommunityMerged
from ledger.domain.events.communities import CommunityRenamed as CommunityRenamed
from ledger.domain.events.communities import CommunityReparented as CommunityReparented
from ledger.domain.events.communities import Level as Level
from ledger.domain.events.credits import CreditsDonated as CreditsDonated
from ledger.domain.events.credits import CreditsGranted as CreditsGranted
from ledger.domain.events.credits import CreditsTransferred as CreditsTransferred
from ledger.domain.events.designations import DesignationEnded as DesignationEnded
from ledger.domain.events.designations import DesignationEvent as DesignationEvent
from ledger.domain.events.designations import DesignationGranted as DesignationGranted
from ledger.domain.events.opening import Language as Language
from ledger.domain.events.opening import LedgerNamed as LedgerNamed
from ledger.domain.events.opening import LedgerOpened as LedgerOpened
from ledger.domain.events.opening import PolicyAdopted as PolicyAdopted
from ledger.domain.events.organisations import OrganisationAttached as OrganisationAttached
from ledger.domain.events.organisations import OrganisationDetached as OrganisationDetached
from ledger.domain.events.organisations import OrganisationEvent as OrganisationEvent
from ledger.domain.events.periods import PeriodClosed as PeriodClosed
from ledger.domain.events.posts import PostEvent as PostEvent
from ledger.domain.events.posts import PostLeft as PostLeft
from ledger.domain.events.posts import PostTaken as PostTaken
from ledger.domain.events.presence import Mode as Mode
from ledger.domain.events.presence import VisitAbandoned as VisitAbandoned
from ledger.domain.events.presence import VisitEvent as VisitEvent
from ledger.domain.events.presence import VolunteerCheckedIn as VolunteerCheckedIn
from ledger.domain.events.presence import VolunteerCheckedOut as VolunteerCheckedOut
from ledger.domain.events.presence import VolunteerClockedIn as VolunteerClockedIn
from ledger.domain.events.qualifications import AgeBand as AgeBand
from ledger.domain.events.qualifications import AgeBandNoted as AgeBandNoted
from ledger.domain.events.qualifications import SkillEnded as SkillEnded
from ledger.domain.events.qualifications import SkillRecognised as SkillRecognised
from ledger.domain.events.redemptions import OfferClosed as OfferClosed
from ledger.domain.events.redemptions import OfferPublished as OfferPublished
from ledger.domain.events.redemptions import OfferRestocked as OfferRestocked
from ledger.domain.events.redemptions import RedemptionCancelled as RedemptionCancelled
from ledger.domain.events.redemptions import RedemptionEvent as RedemptionEvent
from ledger.domain.events.redemptions import RedemptionExpired as RedemptionExpired
from ledger.domain.events.redemptions import RedemptionFulfilled as RedemptionFulfilled
from ledger.domain.events.redemptions import RedemptionPlaced as RedemptionPlaced
from ledger.domain.events.redemptions import RedemptionReturned as RedemptionReturned
from ledger.domain.events.service import CountedDay as CountedDay
from ledger.domain.events.service import CountedService as CountedService
from ledger.domain.events.service import ServedDay as ServedDay
from ledger.domain.events.service import Service as Service
from ledger.domain.events.service import ServiceAdded as ServiceAdded
from ledger.domain.events.service import ServiceApproved as ServiceApproved
from ledger.domain.events.service import ServiceAttested as ServiceAttested
from ledger.domain.events.service import ServiceDeclined as ServiceDeclined
from ledger.domain.events.service import ServiceReported as ServiceReported
from ledger.domain.events.service import ServiceReversed as ServiceReversed
from ledger.domain.events.shifts import RolePlaces as RolePlaces
from ledger.domain.events.shifts import ShiftCancelled as ShiftCancelled
from ledger.domain.events.shifts import ShiftPublished as ShiftPublished
from ledger.domain.events.sign_ups import NoShowLifted as NoShowLifted
from ledger.domain.events.sign_ups import NoShowRecorded as NoShowRecorded
from ledger.domain.events.sign_ups import SignUpEvent as SignUpEvent
from ledger.domain.events.sign_ups import SignUpPromoted as SignUpPromoted
from ledger.domain.events.sign_ups import SignUpReleased as SignUpReleased
from ledger.domain.events.sign_ups import SignUpWithdrawn as SignUpWithdrawn
from ledger.domain.events.sign_ups import VolunteerPlaced as VolunteerPlaced
from ledger.domain.events.sign_ups import VolunteerSignedUp as VolunteerSignedUp
from ledger.domain.events.sign_ups import VolunteerWaitlisted as VolunteerWaitlisted
from ledger.domain.events.teams import TeamDisbanded as TeamDisbanded
from ledger.domain.events.teams import TeamEvent as TeamEvent
from ledger.domain.events.teams import TeamFormed as TeamFormed
from ledger.domain.events.teams import TeamRenamed as TeamRenamed
from ledger.domain.events.teams import TeamReparented as TeamReparented
from ledger.domain.events.terms import TermDefined as TermDefined
from ledger.domain.events.terms import TermKind as TermKind
from ledger.domain.events.training import TrainingAnnulled as TrainingAnnulled
from ledger.domain.events.training import TrainingCompleted as TrainingCompleted
from ledger.domain.events.training import TrainingEvent as TrainingEvent
from ledger.domain.events.venues import Coordinates as Coordinates
from ledger.domain.events.venues import Crs as Crs
from ledger.domain.events.venues import Venue as Venue
from ledger.domain.events.venues import VenueClosed as VenueClosed
from ledger.domain.events.venues import VenueCodeRenewed as VenueCodeRenewed
from ledger.domain.events.venues import VenueOpened as VenueOpened
from ledger.domain.events.venues import VenueRevised as VenueRevised
from ledger.domain.events.venues import VenueUpdated as VenueUpdated
from ledger.domain.events.volunteers import TeamAssigned as TeamAssigned
from ledger.domain.events.volunteers import TeamAssignmentEnded as TeamAssignmentEnded
from ledger.domain.events.volunteers import VolunteerEvent as VolunteerEvent
from ledger.domain.events.volunteers import VolunteerMoved as VolunteerMoved
from ledger.domain.events.volunteers import VolunteerRegistered as VolunteerRegistered
from ledger.domain.events.volunteers import VolunteerReinstated as VolunteerReinstated
from ledger.domain.events.volunteers import VolunteerSuspended as VolunteerSuspended
from ledger.domain.events.volunteers import VolunteerWithdrawn as VolunteerWithdrawn

AnyEvent = (
    LedgerOpened
    | LedgerNamed
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

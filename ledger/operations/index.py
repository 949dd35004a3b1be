"""In which module each operation is declared, so that whoever needs one of them reads in no others."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ledger.operations.operation import Operation

SUBJECTS: Mapping[str, str] = {
    "about": "getLedger getMe nameLedger",
    "people.listing": "listVolunteers",
    "people.profiles": "getVolunteer",
    "people.volunteers": "getBalance listStatementLines",
    "people.histories": (
        "listServiceRecordsOfVolunteer listSignUpsOfVolunteer listCalendar listVisitsOfVolunteer "
        "listRedemptionsOfVolunteer listTrainingOfVolunteer"
    ),
    "people.members": (
        "registerVolunteer moveVolunteer suspendVolunteer reinstateVolunteer withdrawVolunteer "
        "noteAgeBand recogniseSkill endSkill"
    ),
    "service.service": (
        "listServiceRecords getServiceRecord reportService attestService approveService declineService "
        "reverseService"
    ),
    "credits.credits": "getPool transferCredits donateCredits grantCredits",
    "credits.offers": "listOffers getOffer publishOffer restockOffer closeOffer",
    "credits.redemptions": (
        "listRedemptions getRedemption placeRedemption fulfilRedemption cancelRedemption returnRedemption "
        "expireRedemption"
    ),
    "credits.expiry": "expireDueRedemptions",
    "figures.leaderboards": "listLeaderboardPlaces",
    "figures.places": "getVolunteerPlace getTeamPlace getCommunityPlace",
    "trees.communities": (
        "listCommunities getCommunity listContributions listContributionsOfAll getReport getReportOfAll "
        "establishCommunity renameCommunity reparentCommunity mergeCommunity closeCommunity"
    ),
    "figures.periods_closed": "listClosings getMonthReport listCorrections closePeriod",
    "trees.teams": (
        "listTeams listTeamMembers formTeam renameTeam reparentTeam disbandTeam assignTeam endAssignment "
        "changeTeam"
    ),
    "trees.team_figures": "getTeam listTeamFigures",
    "occasions.venues": "listVenues getVenue openVenue reviseVenue updateVenue renewVenueCode closeVenue",
    "occasions.activities": (
        "listActivities getActivity publishActivity reviseActivity reportActivity cancelActivity "
        "cancelActivityWithShifts"
    ),
    "occasions.shifts": (
        "listShiftsOfActivity listShifts getShift listRoster publishShift cancelShift signUp "
        "placeVolunteer fillPlaces"
    ),
    "occasions.sign_ups": (
        "getSignUp withdrawSignUp recordNoShow liftNoShow checkIn checkOutOfShift withdrawAllSignUps"
    ),
    "occasions.visits": "clockIn checkOut abandonVisit",
    "appointments.posts": "listPosts getPost listPostsOfVolunteer takePost leavePost",
    "appointments.organisations": (
        "listAllAttachments listOrganisations getOrganisation listAttachments attachOrganisation "
        "attachOrganisationAgain detachOrganisation"
    ),
    "appointments.designations": "listDesignations getDesignation grantDesignation endDesignation",
    "appointments.training": "listTraining getTraining completeTraining annulTraining",
    "terms.terms": "listTerms defineTerm",
    "proofs.checkpoints": "getHead listCheckpoints getCheckpoint getCheckpointKey getConsistency",
    "proofs.proofs": "getProof getRecordReceipt",
    "proofs.explanations": "getExplanation",
}
"""The modules of `ledger.operations` that declare operations, and the names of what each declares."""

_KINDS = ("QUESTIONS", "ACTIONS", "SEVERAL")


def declared(subject: str, *kinds: str) -> tuple[Any, ...]:
    """The operations of some kinds that a subject declares, of all kinds unless any is named.

    The kinds are `QUESTIONS`, `ACTIONS` and `SEVERAL`.
    """
    module = import_module(f"ledger.operations.{subject}")
    return tuple(one for kind in kinds or _KINDS for one in getattr(module, kind, ()))


def operation(name: str) -> Operation:
    """The operation of a name; raises KeyError where there is none."""
    for subject, names in SUBJECTS.items():
        if name in names.split():
            return next(one for one in declared(subject) if one.name == name)
    raise KeyError(name)

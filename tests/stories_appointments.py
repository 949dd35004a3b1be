"""Words for stories of posts, organisations, designations and training: facts in the past tense, commands as orders."""

from datetime import date

from ledger.domain.designations import EndDesignation, GrantDesignation
from ledger.domain.events import (
    DesignationEnded,
    DesignationGranted,
    OrganisationAttached,
    OrganisationDetached,
    PostLeft,
    PostTaken,
    TrainingAnnulled,
    TrainingCompleted,
)
from ledger.domain.organisations import AttachOrganisation, DetachOrganisation
from ledger.domain.posts import LeavePost, TakePost
from ledger.domain.training import AnnulTraining, CompleteTraining
from tests.scenario import MONDAY, NEW_YEAR, SUNDAY
from tests.stories_world import ANN, MILL

SCHOOL, CLINIC = "org_school", "org_clinic"
TENURE, ATTACHMENT, TITLE, AID = "ten_cadre", "att_school", "des_pilot", "trn_aid"

# --- facts: what has happened ---------------------------------------------------------------------------------------


def took_post(
    who: str,
    post: str = "cadre",
    on: date = NEW_YEAR,
    *,
    at: str = MILL,
    until: date | None = None,
    tenure: str = TENURE,
) -> PostTaken:
    return PostTaken(on=on, tenure=tenure, volunteer=who, community=at, post=post, until=until)


def left_post(
    who: str, post: str = "cadre", on: date = SUNDAY, *, at: str = MILL, tenure: str = TENURE
) -> PostLeft:
    return PostLeft(on=on, tenure=tenure, volunteer=who, community=at, post=post)


def attached(
    organisation: str = SCHOOL,
    to: str = MILL,
    on: date = NEW_YEAR,
    *,
    until: date | None = None,
    attachment: str = ATTACHMENT,
) -> OrganisationAttached:
    return OrganisationAttached(
        on=on,
        attachment=attachment,
        organisation=organisation,
        community=to,
        name="Mill School",
        kind="school",
        until=until,
    )


def detached(
    organisation: str = SCHOOL, of: str = MILL, on: date = SUNDAY, *, attachment: str = ATTACHMENT
) -> OrganisationDetached:
    return OrganisationDetached(on=on, attachment=attachment, organisation=organisation, community=of)


def designated(
    community: str | None = MILL,
    name: str = "Pilot community",
    on: date = NEW_YEAR,
    *,
    team: str | None = None,
    until: date | None = None,
    funding_fen: int | None = None,
    title: str = TITLE,
) -> DesignationGranted:
    return DesignationGranted(
        on=on,
        designation=title,
        community=community,
        team=team,
        name=name,
        granted_by="Shire Office",
        until=until,
        funding_fen=funding_fen,
    )


def designation_ended(
    community: str | None = MILL, on: date = SUNDAY, *, team: str | None = None, title: str = TITLE
) -> DesignationEnded:
    return DesignationEnded(on=on, designation=title, community=community, team=team)


def trained(
    who: str, on: date = MONDAY, *, minutes: int = 240, until: date | None = None, training: str = AID
) -> TrainingCompleted:
    return TrainingCompleted(
        on=on,
        training=training,
        volunteer=who,
        name="First aid",
        content="Resuscitation, bandages",
        minutes=minutes,
        organiser="Shire Clinic",
        until=until,
    )


def annulled(who: str, on: date = MONDAY, *, training: str = AID) -> TrainingAnnulled:
    return TrainingAnnulled(on=on, training=training, volunteer=who, reason="mistake")


# --- commands: what somebody wants ----------------------------------------------------------------------------------


def take_post(
    who: str = ANN,
    post: str = "cadre",
    on: date | None = None,
    *,
    at: str = MILL,
    until: date | None = None,
    tenure: str = TENURE,
) -> TakePost:
    return TakePost(tenure=tenure, volunteer=who, community=at, post=post, until=until, day=on)


def leave_post(on: date | None = None, *, tenure: str = TENURE) -> LeavePost:
    return LeavePost(tenure=tenure, day=on)


def attach(
    organisation: str = SCHOOL,
    to: str = MILL,
    on: date | None = None,
    *,
    until: date | None = None,
    attachment: str = ATTACHMENT,
) -> AttachOrganisation:
    return AttachOrganisation(
        attachment=attachment,
        organisation=organisation,
        name="Mill School",
        kind="school",
        community=to,
        until=until,
        day=on,
    )


def detach(on: date | None = None, *, attachment: str = ATTACHMENT) -> DetachOrganisation:
    return DetachOrganisation(attachment=attachment, day=on)


def designate(
    community: str | None = MILL,
    name: str = "Pilot community",
    on: date | None = None,
    *,
    team: str | None = None,
    until: date | None = None,
    funding_fen: int | None = None,
    title: str = TITLE,
) -> GrantDesignation:
    return GrantDesignation(
        designation=title,
        name=name,
        community=community,
        team=team,
        granted_by="Shire Office",
        until=until,
        funding_fen=funding_fen,
        day=on,
    )


def end_designation(on: date | None = None, *, title: str = TITLE) -> EndDesignation:
    return EndDesignation(designation=title, day=on)


def train(
    who: str = ANN,
    on: date | None = None,
    *,
    minutes: int = 240,
    until: date | None = None,
    training: str = AID,
) -> CompleteTraining:
    return CompleteTraining(
        training=training,
        volunteer=who,
        name="First aid",
        content="Resuscitation, bandages",
        minutes=minutes,
        organiser="Shire Clinic",
        until=until,
        day=on,
    )


def annul(*, training: str = AID) -> AnnulTraining:
    return AnnulTraining(training=training, reason="mistake")

"""What the golden files of posts, organisations, designations and training are read as, before the log's stamp."""

from datetime import date

from ledger.domain.events import (
    DesignationEnded,
    DesignationGranted,
    Event,
    OrganisationAttached,
    OrganisationDetached,
    PostLeft,
    PostTaken,
    TermDefined,
    TermKind,
    TrainingAnnulled,
    TrainingCompleted,
)
from ledger.domain.minutes import MOST_MINUTES
from ledger.domain.money import MOST_FEN

ANN = "vol_a2b3c4d5e6f7g2h3i4j5k6l7m2"
VALE, HERONS = "com_v2a3l4e5a6b2c3d4e5f6g7h2i3", "tea_h2e3r4o5n6s2a3b4c5d6e7f2g3"
TENURE, TITLE = "ten_t2e3n4u5r6e2a3b4c5d6e7f2g3", "des_d2e3s4i5g6n2a3b4c5d6e7f2g3"
ATTACHMENT, SCHOOL = "att_a2t3t4a5c6h2a3b4c5d6e7f2g3", "org_s2c3h4o5o6l2a3b4c5d6e7f2g3"
TRAINING = "trn_t2r3a4i5n6i2n3g4a5b6c7d2e3"

LAST_DAY, NEW_YEAR = date(2025, 12, 31), date(2026, 1, 1)

GOLDEN_APPOINTMENTS: dict[str, Event] = {
    "post-taken": PostTaken(
        on=LAST_DAY, tenure=TENURE, volunteer=ANN, community=VALE, post="branch-president", until=NEW_YEAR
    ),
    "term-defined": TermDefined(
        on=LAST_DAY, kind=TermKind.ROLE, code="lantern-maker", zh="扎灯师傅", en="lantern maker"
    ),
    "post-taken.min": PostTaken(
        on=LAST_DAY, tenure=TENURE, volunteer=ANN, community=VALE, post="branch-president", until=None
    ),
    "post-left": PostLeft(on=NEW_YEAR, tenure=TENURE, volunteer=ANN, community=VALE, post="branch-president"),
    "organisation-attached": OrganisationAttached(
        on=LAST_DAY,
        attachment=ATTACHMENT,
        organisation=SCHOOL,
        community=VALE,
        name="谷阳镇中心小学",
        kind="school",
        until=NEW_YEAR,
    ),
    "organisation-attached.min": OrganisationAttached(
        on=LAST_DAY,
        attachment=ATTACHMENT,
        organisation=SCHOOL,
        community=VALE,
        name="谷阳镇中心小学",
        kind="school",
        until=None,
    ),
    "organisation-detached": OrganisationDetached(
        on=NEW_YEAR, attachment=ATTACHMENT, organisation=SCHOOL, community=VALE
    ),
    "designation-granted": DesignationGranted(
        on=LAST_DAY,
        designation=TITLE,
        community=VALE,
        team=None,
        name="全国科普志愿服务试点社区",
        granted_by="中国科协科普部",
        until=NEW_YEAR,
        funding_fen=MOST_FEN,
    ),
    "designation-granted.min": DesignationGranted(
        on=LAST_DAY,
        designation=TITLE,
        community=None,
        team=HERONS,
        name="示范队",
        granted_by="市科协",
        until=None,
        funding_fen=None,
    ),
    "designation-ended": DesignationEnded(on=NEW_YEAR, designation=TITLE, community=VALE, team=None),
    "designation-ended.min": DesignationEnded(on=NEW_YEAR, designation=TITLE, community=None, team=HERONS),
    "training-completed": TrainingCompleted(
        on=LAST_DAY,
        training=TRAINING,
        volunteer=ANN,
        name="急救员培训",
        content="心肺复苏、AED 与包扎",
        minutes=MOST_MINUTES,
        organiser="市红十字会",
        until=NEW_YEAR,
    ),
    "training-completed.min": TrainingCompleted(
        on=LAST_DAY,
        training=TRAINING,
        volunteer=ANN,
        name="First aid",
        content="Bandages",
        minutes=1,
        organiser="Red Cross",
        until=None,
    ),
    "training-annulled": TrainingAnnulled(
        on=LAST_DAY, training=TRAINING, volunteer=ANN, reason="wrong-person"
    ),
}
"""By file. The facts of the `.min` files have no cause."""

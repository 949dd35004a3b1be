"""Posts, organisations, designations and training: who holds what, and for how long."""

from ledger.api.access import About, Access
from ledger.api.callers import STAFF
from ledger.api.writing import Write
from ledger.domain.designations import EndDesignation, GrantDesignation
from ledger.domain.organisations import AttachOrganisation, DetachOrganisation
from ledger.domain.posts import LeavePost, TakePost
from ledger.domain.training import AnnulTraining, CompleteTraining

OF_BOTH = Access(roles=STAFF, about=(About("community", "community"), About("volunteer", "volunteer")))
IN_OWN = Access(roles=STAFF, about=(About("community", "community"),))
OF_THE_BEARER = Access(
    roles=STAFF,
    about=(About("community", "community", needed=False), About("team", "team", needed=False)),
)
OF_THE_TRAINED = Access(roles=STAFF, about=(About("volunteer", "volunteer"),))


def _over(name: str, kind: str) -> Access:
    return Access(roles=STAFF, about=(About(name, kind),))


READS = ()

WRITES = (
    Write(
        path="/posts",
        name="takePost",
        summary="Let a volunteer hold a post of a community.",
        command=TakePost,
        made={"tenure": "ten"},
        access=OF_BOTH,
        example={"body": {"volunteer": "vol_bob", "community": "com_valley", "post": "liaison"}},
    ),
    Write(
        path="/posts/{tenure}/end",
        name="leavePost",
        summary="End a volunteer's time in a post.",
        command=LeavePost,
        access=_over("tenure", "tenure"),
        example={"tenure": "ten_bob", "body": {}},
    ),
    Write(
        path="/organisations",
        name="attachOrganisation",
        summary="Attach an organisation to a community.",
        command=AttachOrganisation,
        made={"attachment": "att", "organisation": "org"},
        access=IN_OWN,
        example={"body": {"name": "石桥书画社", "kind": "society", "community": "com_valley"}},
    ),
    Write(
        path="/organisations/{organisation}/attachments",
        name="attachOrganisationAgain",
        summary="Attach an organisation that is known to another community.",
        command=AttachOrganisation,
        made={"attachment": "att"},
        access=IN_OWN,
        example={
            "organisation": "org_opera",
            "body": {"name": "石桥票友社", "kind": "society", "community": "com_village"},
        },
    ),
    Write(
        path="/attachments/{attachment}/end",
        name="detachOrganisation",
        summary="End an organisation's time with a community.",
        command=DetachOrganisation,
        access=_over("attachment", "attachment"),
        example={"attachment": "att_opera", "body": {}},
    ),
    Write(
        path="/designations",
        name="grantDesignation",
        summary="Let a community or a team bear a title.",
        command=GrantDesignation,
        made={"designation": "des"},
        access=OF_THE_BEARER,
        example={"body": {"name": "示范服务队", "team": "tea_singers", "granted_by": "青禾县文化馆"}},
    ),
    Write(
        path="/designations/{designation}/end",
        name="endDesignation",
        summary="End a title.",
        command=EndDesignation,
        access=_over("designation", "designation"),
        example={"designation": "des_singers", "body": {}},
    ),
    Write(
        path="/training",
        name="completeTraining",
        summary="Record that a volunteer completed a training.",
        command=CompleteTraining,
        made={"training": "trn"},
        access=OF_THE_TRAINED,
        example={
            "body": {
                "volunteer": "vol_ann",
                "name": "急救",
                "content": "心肺复苏",
                "minutes": 90,
                "organiser": "县红十字会",
                "day": "2026-03-01",
            }
        },
    ),
    Write(
        path="/training/{training}/annulment",
        name="annulTraining",
        summary="Let a training count no more.",
        command=AnnulTraining,
        access=_over("training", "training"),
        example={"training": "trn_ann", "body": {"reason": "mistake"}},
    ),
)

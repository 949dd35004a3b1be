"""What becomes of a sign-up, from giving the place up to checking out."""

from msgspec import Struct

from ledger.domain.presence import CheckIn, CheckOut
from ledger.domain.sign_ups import LiftNoShow, RecordNoShow, WithdrawSignUp
from ledger.operations.access import About, Access, Sight
from ledger.operations.action import Action
from ledger.operations.callers import OVERSIGHT, STAFF, Role
from ledger.operations.occasions.signed_up import WITH_SIGN_UPS, SignUpItem, sign_up_items
from ledger.operations.occasions.visits import WHO_IS_THERE
from ledger.operations.question import Moment, Question
from ledger.operations.refused import Problem

ABOUT = (About("sign_up", "sign-up"),)
READ = Access(roles=OVERSIGHT | {Role.VOLUNTEER}, about=ABOUT)
BY_THE_VOLUNTEER = Access(roles=STAFF | {Role.VOLUNTEER}, about=ABOUT)
BY_STAFF = Access(roles=STAFF, about=ABOUT)
COMING, PRESENT, MISSED, EXCUSED = "sig_coming", "sig_present", "sig_missed", "sig_excused"


def _sign_up(moment: Moment) -> Struct:
    found = moment.ledger.views.sign_ups.get(moment.connection, moment.ids["sign_up"])
    if found is None:
        raise Problem("not-found")
    return sign_up_items(moment, [found])[0]


def _visit(sight: Sight, sign_up: str) -> str:
    """The visit that goes on for a sign-up, else the last one: then the rules say that it is over."""
    views, connection = sight.views, sight.connection
    found = views.sign_ups.get(connection, sign_up)
    visit = None if found is None else views.visits.of_sign_up(connection, found.shift, sign_up)
    if visit is None:
        raise Problem("not-found")
    return visit.id


QUESTIONS = (
    Question(
        name="getSignUp",
        subject=("sign_up",),
        summary="A sign-up, and where it stands: on the waitlist, or there.",
        answers=SignUpItem,
        views=(*WITH_SIGN_UPS, "shifts", "members", "communities"),
        access=READ,
        tell=_sign_up,
        example={"sign_up": COMING},
    ),
)

ACTIONS = (
    Action(
        name="withdrawSignUp",
        subject=("sign_up",),
        summary="Give up a place, or the wait for one.",
        command=WithdrawSignUp,
        access=BY_THE_VOLUNTEER,
        example={"sign_up": COMING, "body": {}},
    ),
    Action(
        name="recordNoShow",
        subject=("sign_up",),
        summary="Note that a volunteer with a place did not come.",
        command=RecordNoShow,
        access=BY_STAFF,
        example={"sign_up": MISSED, "body": {}},
    ),
    Action(
        name="liftNoShow",
        subject=("sign_up",),
        summary="Take a no-show back.",
        command=LiftNoShow,
        access=BY_STAFF,
        example={"sign_up": EXCUSED, "body": {"reason": "illness"}},
    ),
    Action(
        name="checkIn",
        subject=("sign_up",),
        summary="Come to a shift; the server's clock tells when.",
        command=CheckIn,
        made={"visit": "vis"},
        access=BY_THE_VOLUNTEER,
        example={"sign_up": COMING, "body": {}},
    ),
    Action(
        name="checkOutOfShift",
        subject=("sign_up",),
        summary="Leave a shift; what was served is reported for somebody else to approve.",
        command=CheckOut,
        made={"record": "rec"},
        within={"sign_up": "visit"},
        found={"sign_up": _visit},
        access=WHO_IS_THERE,
        example={"sign_up": PRESENT, "body": {}},
    ),
)

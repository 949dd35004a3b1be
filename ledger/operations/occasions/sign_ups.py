"""What becomes of a sign-up, from giving the place up to checking out."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from ledger.domain.presence import CheckIn, CheckOut
from ledger.domain.sign_ups import LiftNoShow, RecordNoShow, WithdrawSignUp
from ledger.operations.access import About, Access, Sight
from ledger.operations.callers import OVERSIGHT, STAFF, Role
from ledger.operations.meaning import Meaning
from ledger.operations.occasions.signed_up import WITH_SIGN_UPS, SignUpItem, sign_up_items
from ledger.operations.occasions.visits import WHO_IS_THERE
from ledger.operations.refused import Problem, Word, there
from ledger.operations.several import Part, Several
from ledger.operations.subject import Subject
from projections.sign_ups import NO_SHOW

ABOUT = (About("sign_up", "sign-up"),)
READ = Access(roles=OVERSIGHT | {Role.VOLUNTEER}, about=ABOUT)
BY_THE_VOLUNTEER = Access(roles=STAFF | {Role.VOLUNTEER}, about=ABOUT)
BY_STAFF = Access(roles=STAFF, about=ABOUT)
COMING, PRESENT, MISSED, EXCUSED = (
    Subject("sign_up", one) for one in ("sig_coming", "sig_present", "sig_missed", "sig_excused")
)


def _visit(sight: Sight, sign_up: str) -> str:
    """The visit that goes on for a sign-up, else the last one: then the rules say that it is over."""
    views, connection = sight.views, sight.connection
    found = views.sign_ups.get(connection, sign_up)
    visit = None if found is None else views.visits.of_sign_up(connection, found.shift, sign_up)
    return there(visit).id


class WithdrawAll(Struct, frozen=True, forbid_unknown_fields=True):
    """Give up all that lies ahead: nothing more is said."""


def _ahead(meaning: Meaning, ids: Mapping[str, str], _: Struct) -> Sequence[Part]:
    """Every place, and every wait, on shifts that have not begun."""
    views, connection, volunteer = meaning.sight.views, meaning.sight.connection, ids["volunteer"]
    if views.balances.get(connection, volunteer) is None:
        raise Problem("not-found", word=Word("volunteer", volunteer))
    end_of_time = datetime.max.replace(tzinfo=UTC)
    return [
        Part(row.id, WithdrawSignUp(sign_up=row.id))
        for row in views.sign_ups.calendar(connection, volunteer, meaning.ledger.now(), end_of_time)
        if row.state != NO_SHOW
    ]


QUESTIONS = (
    COMING.question(
        "getSignUp", SignUpItem, (*WITH_SIGN_UPS, "shifts", "members", "communities"), READ, sign_up_items
    ),
)

ACTIONS = (
    COMING.action("withdrawSignUp", WithdrawSignUp, BY_THE_VOLUNTEER),
    MISSED.action("recordNoShow", RecordNoShow, BY_STAFF),
    EXCUSED.action("liftNoShow", LiftNoShow, BY_STAFF, {"reason": "illness"}),
    COMING.action("checkIn", CheckIn, BY_THE_VOLUNTEER, made={"visit": "vis"}),
    PRESENT.action(
        "checkOutOfShift",
        CheckOut,
        WHO_IS_THERE,
        made={"record": "rec"},
        within={"sign_up": "visit"},
        found={"sign_up": _visit},
    ),
)

SEVERAL = (
    Several(
        name="withdrawAllSignUps",
        subject=("volunteer",),
        body=WithdrawAll,
        parts=_ahead,
        access=Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("volunteer", "volunteer"),)),
        example={"volunteer": "vol_ann", "body": {}},
    ),
)

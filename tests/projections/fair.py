"""A fair at the mill with its shifts, a walk, and a base where volunteers clock in."""

from datetime import timedelta

from msgspec.structs import replace

from ledger.domain.events import Coordinates, Crs, RolePlaces
from ledger.domain.shifts import PublishShift
from ledger.domain.sign_ups import SignUp
from tests.projections.book import HILL, NOON
from tests.stories_activities import gallery, stars

FAIR, WALK = "act_fair", "act_walk"
MORNING, EVENING = "shi_morning", "shi_evening"
BASE, GALLERY = "ven_base", "ven_gallery"
HOUR = timedelta(hours=1)

fair = stars(id=FAIR, name="Fair", programme="Windmill", form="show", audience="elders")
walk = replace(fair, id=WALK, name="Walk", community=HILL, form="class")
base = gallery(
    id=BASE,
    name="Base",
    kind="base",
    unit="Office",
    content="Duty",
    coordinates=Coordinates(latitude=36_100_001, longitude=-120_000_002, crs=Crs.WGS84),
)


def publish(
    shift: str, hours: int, *, places: int = 1, waitlist: int = 0, activity: str = FAIR
) -> PublishShift:
    """A shift of three hours that begins so many hours from now."""
    begins = NOON + hours * HOUR
    roles = (RolePlaces(role="guide", places=places), RolePlaces(role="usher", places=1))
    return PublishShift(
        shift=shift, activity=activity, begins=begins, ends=begins + 3 * HOUR, roles=roles, waitlist=waitlist
    )


def sign(who: str, shift: str = MORNING, role: str = "guide") -> SignUp:
    return SignUp(sign_up=f"sig_{who[4:]}{shift[4:]}", shift=shift, volunteer=who, role=role)

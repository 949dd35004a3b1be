"""A volunteer's place on a shift, or the wait for one. Each fact carries the shift's instants."""

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import ActivityId, ShiftId, SignUpId, VolunteerId
from ledger.domain.instants import Instant
from ledger.domain.text import Code


class SignUpEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one sign-up; `on` is the day on which its shift begins."""

    sign_up: SignUpId
    shift: ShiftId
    activity: ActivityId
    volunteer: VolunteerId
    role: Code
    begins: Instant
    ends: Instant

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.sign_up), tags.about(self.shift), tags.about(self.volunteer))


class VolunteerSignedUp(SignUpEvent, frozen=True, kw_only=True, tag="volunteer-signed-up"):
    """A volunteer has a place."""


class VolunteerWaitlisted(SignUpEvent, frozen=True, kw_only=True, tag="volunteer-waitlisted"):
    """A volunteer waits for a place, behind those who waited before."""


class SignUpPromoted(SignUpEvent, frozen=True, kw_only=True, tag="sign-up-promoted"):
    """Somebody who waited has a place now."""


class VolunteerPlaced(SignUpEvent, frozen=True, kw_only=True, tag="volunteer-placed"):
    """A coordinator gave a volunteer a place that the shift's own conditions would not have given."""

    reason: Code


class SignUpWithdrawn(SignUpEvent, frozen=True, kw_only=True, tag="sign-up-withdrawn"):
    """A volunteer gave up their place, or the wait for one."""


class SignUpReleased(SignUpEvent, frozen=True, kw_only=True, tag="sign-up-released"):
    """The shift was cancelled: there is nothing any more to come to."""


class NoShowRecorded(SignUpEvent, frozen=True, kw_only=True, tag="no-show-recorded"):
    """A volunteer with a place did not come."""


class NoShowLifted(SignUpEvent, frozen=True, kw_only=True, tag="no-show-lifted"):
    """The volunteer had come after all, or had a reason that counts."""

    reason: Code

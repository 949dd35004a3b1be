"""Opaque, prefixed ids: they tell what a thing is, and of people and events nothing else."""

import hashlib
import secrets
import time
from typing import Annotated

from msgspec import Meta

_BODY = r"[a-z0-9]{3,32}\Z"

VolunteerId = Annotated[str, Meta(pattern=rf"^vol_{_BODY}")]
CommunityId = Annotated[str, Meta(pattern=rf"^com_{_BODY}")]
TeamId = Annotated[str, Meta(pattern=rf"^tea_{_BODY}")]
AssignmentId = Annotated[str, Meta(pattern=rf"^asg_{_BODY}")]
ActivityId = Annotated[str, Meta(pattern=rf"^act_{_BODY}")]
RecordId = Annotated[str, Meta(pattern=rf"^rec_{_BODY}")]
TransferId = Annotated[str, Meta(pattern=rf"^tra_{_BODY}")]
DonationId = Annotated[str, Meta(pattern=rf"^don_{_BODY}")]
GrantId = Annotated[str, Meta(pattern=rf"^gra_{_BODY}")]
VenueId = Annotated[str, Meta(pattern=rf"^ven_{_BODY}")]
ShiftId = Annotated[str, Meta(pattern=rf"^shi_{_BODY}")]
SignUpId = Annotated[str, Meta(pattern=rf"^sig_{_BODY}")]
VisitId = Annotated[str, Meta(pattern=rf"^vis_{_BODY}")]
TenureId = Annotated[str, Meta(pattern=rf"^ten_{_BODY}")]
OrganisationId = Annotated[str, Meta(pattern=rf"^org_{_BODY}")]
AttachmentId = Annotated[str, Meta(pattern=rf"^att_{_BODY}")]
DesignationId = Annotated[str, Meta(pattern=rf"^des_{_BODY}")]
TrainingId = Annotated[str, Meta(pattern=rf"^trn_{_BODY}")]
OfferId = Annotated[str, Meta(pattern=rf"^off_{_BODY}")]
RedemptionId = Annotated[str, Meta(pattern=rf"^red_{_BODY}")]
PersonId = Annotated[str, Meta(pattern=rf"^per_{_BODY}")]
"""A person in charge, known to the log by this id only."""
ActorId = Annotated[str, Meta(pattern=rf"^(vol|stf)_{_BODY}")]
"""Who acts: a volunteer, or a member of staff (`stf_…`)."""
EventId = Annotated[str, Meta(pattern=r"^evt_[a-z0-9]{26,32}\Z")]

KINDS = {
    "vol": "volunteer",
    "com": "community",
    "tea": "team",
    "asg": "assignment",
    "act": "activity",
    "ven": "venue",
    "shi": "shift",
    "sig": "sign-up",
    "vis": "visit",
    "rec": "record",
    "tra": "transfer",
    "don": "donation",
    "gra": "grant",
    "ten": "tenure",
    "org": "organisation",
    "att": "attachment",
    "des": "designation",
    "trn": "training",
    "off": "offer",
    "red": "redemption",
}
"""What the tag of a thing is called, by the prefix of its id."""

_RANDOM = {"vol", "per", "evt"}


def new_id(prefix: str) -> str:
    """An id of 128 bits that nobody has: `new_id("vol")` gives `vol_` and 32 characters.

    Those of people and events are random throughout. All others begin with the millisecond (48 bits) in which they were
    made: what is recorded together then lies together in the log's index, which makes a commit smaller.
    """
    if prefix in _RANDOM:
        return f"{prefix}_{secrets.token_hex(16)}"
    return f"{prefix}_{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def new_event_id() -> str:
    """A random id for an event: whoever sees a digest of the event cannot guess what it covers."""
    return new_id("evt")


def derived_id(prefix: str, *parts: str) -> str:
    """The id that the same parts always give: for things that a public name already identifies, never for people."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:32]}"

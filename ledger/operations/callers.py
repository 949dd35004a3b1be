"""Who calls, and in which role."""

from enum import StrEnum

from msgspec import Struct

from ledger.domain.ids import ActorId, CommunityId


class Role(StrEnum):
    """What a caller is here: exactly one of these."""

    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    """Of one community, with all beneath it."""
    AUDITOR = "auditor"
    """Reads everything and records nothing."""
    INTEGRATION = "integration"
    """Another platform, such as a portal, that acts for people."""
    ADMIN = "admin"


STAFF = frozenset({Role.COORDINATOR, Role.INTEGRATION, Role.ADMIN})
"""Those who record what others did."""

WHOLE = frozenset({Role.INTEGRATION, Role.ADMIN})
"""Those who act for the whole association, in no community of their own."""

LIMITED = frozenset({Role.VOLUNTEER, Role.COORDINATOR})
"""Those who reach what is their own, or their community's."""

OVERSIGHT = STAFF | {Role.AUDITOR}
"""Those who read of others what is not for everybody."""


class Caller(Struct, frozen=True):
    """Somebody whose token was verified; `actor` is who acts in the facts that follow.

    A volunteer's actor is the volunteer; a coordinator has the `community` whose affairs these are.
    """

    actor: ActorId
    role: Role
    community: CommunityId | None = None

    @property
    def volunteer(self) -> str | None:
        """The volunteer who calls, None if it is somebody else."""
        return self.actor if self.role is Role.VOLUNTEER else None

"""Where what a write made can be read: what the header Location tells."""

from collections.abc import Mapping

from ledger.api.routes import PREFIX

PLACES: Mapping[str, str] = {
    "volunteer": "/volunteers/",
    "record": "/service-records/",
    "redemption": "/redemptions/",
    "offer": "/offers/",
    "community": "/communities/",
    "team": "/teams/",
    "venue": "/venues/",
    "activity": "/activities/",
    "shift": "/shifts/",
    "sign_up": "/sign-ups/",
    "tenure": "/posts/",
    "organisation": "/organisations/",
    "designation": "/designations/",
    "training": "/training/",
}
"""Where what a write made can be read, by its name."""


def location_of(ids: Mapping[str, str]) -> str | None:
    """Where the first of some things can be read, None if none can."""
    return next((f"{PREFIX}{PLACES[name]}{made}" for name, made in ids.items() if name in PLACES), None)

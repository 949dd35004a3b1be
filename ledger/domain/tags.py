"""Tags: the handles by which the facts that a decision depends on are found in the log."""

from datetime import date

from ledger.domain.ids import KINDS

LEDGER = "ledger"
POLICIES = "policies"
COMMUNITIES = "communities"
"""Every fact about the tree of communities: they are rare, and a tree is judged whole."""
TEAMS = "teams"
PERIODS = "periods"


def about(identifier: str) -> str:
    """The tag of the thing that an id names: `vol_x` gives `volunteer:vol_x`."""
    return f"{KINDS[identifier.partition('_')[0]]}:{identifier}"


def account_tag(account: str) -> str:
    """Movements on one account of the credit book."""
    return f"account:{account}"


def served_tag(volunteer: str, day: date) -> str:
    """Minutes that count on one volunteer's day: it carries the 24-hour rule."""
    return f"served:{volunteer}:{day.isoformat()}"


def external_tag(source: str, identifier: str) -> str:
    """A record as its source numbers it: it is imported once."""
    return f"external:{source}/{identifier}"


def roster_tag(volunteer: str) -> str:
    """A volunteer's row in a roster: it is imported once."""
    return f"roster:{volunteer}"


def terms_tag(kind: str) -> str:
    """Every term of one kind: they are few, and their labels are judged together."""
    return f"terms:{kind}"

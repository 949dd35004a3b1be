"""The names of accounts in the credit book: `kind:owner`."""

VOLUNTEER = "volunteer:"


def volunteer_account(volunteer: str) -> str:
    """Where a volunteer's spendable minutes lie."""
    return VOLUNTEER + volunteer


def issuance_account(community: str) -> str:
    """Where a community's earned credits come from: its balance is minus what it has issued."""
    return f"issuance:{community}"


def pool_account(community: str) -> str:
    """A community's pool of donated credits."""
    return f"pool:{community}"


def held_account(redemption: str) -> str:
    """Where a redemption's minutes lie until it is fulfilled or released."""
    return f"held:{redemption}"


def redeemed_account(offer: str) -> str:
    """What an offer has brought in."""
    return f"redeemed:{offer}"

"""The commands for credits that change hands."""

from ledger.cli.acts.made import made

_GIVES = "Who gives: a volunteer number, or an id (vol_…)."
_MINUTES = "How many minutes of credit."

transfer = made(
    "transferCredits",
    "transfer GIVER RECEIVER MINUTES",
    "Give credits of one volunteer to another.",
    giver=_GIVES,
    receiver="Who gets it, likewise.",
    minutes=_MINUTES,
)
donate = made(
    "donateCredits",
    "donate GIVER COMMUNITY MINUTES",
    "Give credits of a volunteer to a community's pool.",
    giver=_GIVES,
    community="To whose pool: an id or a name.",
    minutes=_MINUTES,
)
grant = made(
    "grantCredits",
    "grant COMMUNITY RECEIVER MINUTES",
    "Give credits out of a community's pool to a volunteer.",
    community="Out of whose pool: an id or a name.",
    receiver="Who gets it: a volunteer number, or an id.",
    minutes=_MINUTES,
)

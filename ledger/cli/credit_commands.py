"""The commands for credits that change hands."""

from ledger.cli.made import Line, made

_WHO = "a volunteer number, or an id (vol_…)."
_HOW_MANY = "How many minutes of credit."

transfer = made(
    Line(
        "transferCredits",
        "transfer GIVER RECEIVER MINUTES",
        "Give credits of one volunteer to another.",
        (f"Who gives: {_WHO}", "Who gets it, likewise.", _HOW_MANY),
    )
)
donate = made(
    Line(
        "donateCredits",
        "donate GIVER COMMUNITY MINUTES",
        "Give credits of a volunteer to a community's pool.",
        (f"Who gives: {_WHO}", "To whose pool: an id or a name.", _HOW_MANY),
    )
)
grant = made(
    Line(
        "grantCredits",
        "grant COMMUNITY RECEIVER MINUTES",
        "Give credits out of a community's pool to a volunteer.",
        ("Out of whose pool: an id or a name.", f"Who gets it: {_WHO}", _HOW_MANY),
    )
)

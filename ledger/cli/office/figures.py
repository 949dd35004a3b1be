"""A volunteer's own figures, the balance and the statement; and credits that change hands."""

from ledger.cli.acts.made import asked, made
from ledger.cli.acts.tables import (
    SERVICE,
    Column,
    Drawn,
    Facts,
    Item,
    Table,
    draw_everything,
    in_words,
    signed,
)


def _who(drawn: Drawn) -> str:
    volunteer = drawn.ids["volunteer"]
    return f"{drawn.names.get(volunteer, 'a volunteer without a number')} ({volunteer})"


def _standing(item: Item, drawn: Drawn) -> str:
    """The day of service and the position that a balance is of."""
    from ledger.cli.office.clocks import position_in_words

    as_of, known = drawn.said.get("as_of"), drawn.said.get("known_at")
    day = "" if as_of is None else f"{as_of}, "
    return day + position_in_words(str(item["position"]) if known is None else known)


def _about(item: Item, drawn: Drawn) -> str:
    """An activity, an offer, or an account with the name of whose it is."""
    from ledger.cli.terminal.naming import in_names

    return in_names(item["about"], drawn.names)


draw_balance = Facts(
    _who,
    (
        SERVICE,
        "Credits=credit_minutes",
        Column("Stars", show=lambda stars: f"{stars} {'★' * stars}".rstrip()),
        Column("As of", _standing),
    ),
)
draw_statement = Table(
    (
        "Day",
        Column("Booked", lambda item, drawn: drawn.local(item["at"])[:10], under=True),
        Column("What", "event", in_words),
        Column("About", _about, under=True),
        "By",
        Column("Why", "reason", in_words, under=True),
        Column("Service", "service_minutes", signed),
        Column("Balance", "service_balance", under=True),
        Column("Credits", "credit_minutes", signed),
        Column("Balance", "credit_balance", under=True),
    ),
    title=lambda drawn: f"Statement of {_who(drawn)}{drawn.when}",
    empty="Nothing was booked yet.",
)

balance = asked("getBalance", "balance VOLUNTEER [--as-of] [--known-at]", draw_balance)
statement = asked("listStatementLines", "statement VOLUNTEER [--as-of] [--known-at]", draw_statement)
transfer = made("transferCredits", "transfer GIVER RECEIVER MINUTES")
donate = made("donateCredits", "donate GIVER COMMUNITY MINUTES")
grant = made("grantCredits", "grant COMMUNITY RECEIVER MINUTES")
about = asked("getLedger", "about", draw_everything)
whoami = asked("getMe", "whoami", draw_everything)

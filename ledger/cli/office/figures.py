"""A volunteer's own figures, the balance and the statement; and credits that change hands."""

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import (
    SERVICE,
    Column,
    Drawn,
    Facts,
    Item,
    Table,
    draw_everything,
)
from ledger.cli.words.wording import code, moment, printed, signed


def _who(drawn: Drawn) -> str:
    volunteer = drawn.ids["volunteer"]
    return f"{drawn.names.get(volunteer) or printed('no_number')} ({volunteer})"


def _standing(item: Item, drawn: Drawn) -> str:
    """The day of service and the position that a balance is of."""
    as_of, known = drawn.said.get("as_of"), drawn.said.get("known_at")
    position = moment(str(item["position"]) if known is None else known)
    return position if as_of is None else printed("day_and_position", day=as_of, position=position)


def _about(item: Item, drawn: Drawn) -> str:
    """An activity, an offer, or an account with the name of whose it is."""
    from ledger.cli.terminal.naming import in_names

    kind, colon, owner = item["about"].partition(":")
    about = printed("account", kind=code("account", kind), owner=owner) if colon else kind
    return in_names(about, drawn.names)


def _statement_of(drawn: Drawn) -> str:
    return printed("statement", who=_who(drawn), when=drawn.when)


draw_balance = Facts(
    _who,
    (
        f"{SERVICE}, credits=credit_minutes",
        Column("stars", show=lambda stars: f"{stars} {'★' * stars}".rstrip()),
        Column("as_of", _standing),
    ),
)
draw_statement = Table(
    (
        "day",
        Column("booked", lambda item, drawn: drawn.local(item["at"])[:10], under=True),
        Column("what", "event", in_words=True),
        Column("about", _about, under=True),
        "by",
        Column("why", "reason", in_words=True, under=True),
        Column("service", "service_minutes", signed),
        Column("balance", "service_balance", under=True),
        Column("credits", "credit_minutes", signed),
        Column("balance", "credit_balance", under=True),
    ),
    title=_statement_of,
    empty="nothing_booked",
)

balance = asked("getBalance", "balance VOLUNTEER [--as-of] [--known-at]", draw_balance)
statement = asked("listStatementLines", "statement VOLUNTEER [--as-of] [--known-at]", draw_statement)
transfer = made("transferCredits", "transfer GIVER RECEIVER MINUTES")
donate = made("donateCredits", "donate GIVER COMMUNITY MINUTES")
grant = made("grantCredits", "grant COMMUNITY RECEIVER MINUTES")
ledger = group("ledger", made("nameLedger", "rename NAME"))
about = asked("getLedger", "about", draw_everything)
whoami = asked("getMe", "whoami", draw_everything)

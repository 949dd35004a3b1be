"""Credits that change hands at a counter."""

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acting import Act, act
from ledger.cli.lookup import community_meant, volunteer_meant
from ledger.domain.commands import Command
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits


def give(how: Act, giver: str, receiver: str, minutes: int) -> None:
    """Transfer minutes between the volunteers whom two ids or numbers mean."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return TransferCredits(
            transfer=how.new_id("tra"),
            giver=volunteer_meant(ledger, connection, giver, "GIVER"),
            receiver=volunteer_meant(ledger, connection, receiver, "RECEIVER"),
            minutes=minutes,
        )

    act(how, make)


def donate(how: Act, giver: str, community: str, minutes: int) -> None:
    """Give minutes of a volunteer to a community's pool."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return DonateCredits(
            donation=how.new_id("don"),
            giver=volunteer_meant(ledger, connection, giver, "GIVER"),
            community=community_meant(ledger, connection, community, "COMMUNITY").id,
            minutes=minutes,
        )

    act(how, make)


def grant(how: Act, community: str, receiver: str, minutes: int) -> None:
    """Give minutes out of a community's pool to a volunteer."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return GrantCredits(
            grant=how.new_id("gra"),
            community=community_meant(ledger, connection, community, "COMMUNITY").id,
            receiver=volunteer_meant(ledger, connection, receiver, "RECEIVER"),
            minutes=minutes,
        )

    act(how, make)

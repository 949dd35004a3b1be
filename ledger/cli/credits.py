"""Credits that change hands at a counter."""

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acting import Act, act
from ledger.cli.lookup import volunteer_meant
from ledger.domain.commands import Command
from ledger.domain.credits import TransferCredits


def give(how: Act, giver: str, receiver: str, minutes: int) -> None:
    """Transfer minutes between the volunteers whom two ids or numbers mean."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return TransferCredits(
            transfer=how.new_id("tra"),
            giver=volunteer_meant(ledger, connection, giver),
            receiver=volunteer_meant(ledger, connection, receiver),
            minutes=minutes,
        )

    act(how, make)

"""Training: recording it, annulling it, and what a volunteer has completed."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.lookup import checked, settings, volunteer_meant
from ledger.cli.output import Column
from ledger.cli.staying import since_until
from ledger.domain.commands import Command
from ledger.domain.ids import TrainingId
from ledger.domain.minutes import spoken
from ledger.domain.training import AnnulTraining, CompleteTraining

_COLUMNS = (
    Column("Completed"),
    Column("Training"),
    Column("Time", right=True),
    Column("Organiser"),
    Column("Id"),
)


def complete_training(how: Act, volunteer: str, name: str, minutes: int, **given: Any) -> None:
    """Record that a volunteer completed a training."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return CompleteTraining(
            training=how.new_id("trn"),
            volunteer=volunteer_meant(ledger, connection, volunteer),
            name=name,
            content=given["content"] or name,
            minutes=minutes,
            organiser=given["organiser"],
            day=given["day"],
            until=given["until"],
        )

    act(how, make)


def annul_training(how: Act, training: str, reason: str) -> None:
    """Let a training count no more."""
    checked(training, TrainingId, "TRAINING", "a training's id (trn_…); `training list` tells it")
    act(how, lambda _ledger, _connection: AnnulTraining(training=training, reason=reason))


def list_training(data: Path | None, volunteer: str, *, as_json: bool) -> None:
    """Print what a volunteer completed."""
    with open_for_reading(settings(data)) as ledger:
        needed = ledger.views.training, ledger.views.balances
        with ledger.reading(*needed) as (connection, position):
            whose = volunteer_meant(ledger, connection, volunteer)
            items = [row._asdict() for row in ledger.views.training.of_volunteer(connection, whose)]
    if as_json:
        output.document({"volunteer": whose, "position": position, "items": items})
        return
    output.table(
        "",
        _COLUMNS,
        [
            (since_until(item), item["name"], spoken(item["minutes"]), item["organiser"], item["id"])
            for item in items
        ],
        empty="No training yet.",
    )

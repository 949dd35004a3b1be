"""Holding posts, organisations, designations and training against the model, day by day."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from projections.registry import Views
from tests.machine.model import Model
from tests.machine.model_appointments import Dated

POST = ("volunteer", "community", "post")
ATTACHMENT = ("organisation", "community", "name", "kind")
DESIGNATION = ("community", "team", "name", "granted_by", "funding_fen")
TRAINING = ("volunteer", "name", "content", "minutes", "organiser", "annulled")

Rows = list[tuple[object, ...]]


def assert_appointments_agree(connection: Connection, views: Views, model: Model) -> None:
    for days in (-400, -10, -1, 0, 1, 40):
        day = model.today + timedelta(days=days)
        posts, attachments, designations, trainings = (
            rows(known, told, day)
            for known, told in (
                (model.tenures, POST),
                (model.attachments, ATTACHMENT),
                (model.designations, DESIGNATION),
                (model.trainings, TRAINING),
            )
        )
        for one in model.communities:
            assert views.posts.of_community(connection, one, day) == having(posts, 2, one)
            assert views.organisations.of_community(connection, one, day) == having(attachments, 2, one)
            assert views.designations.of_community(connection, one, day) == having(designations, 1, one)
        for one in model.teams:
            assert views.designations.of_team(connection, one, day) == having(designations, 2, one)
        for one in {attachment["organisation"] for attachment in model.attachments.values()}:
            assert views.organisations.of_organisation(connection, one, day) == having(attachments, 1, one)
        counting = having(trainings, 6, None)
        for one in model.volunteers:
            assert views.posts.of_volunteer(connection, one, day) == having(posts, 1, one)
            assert views.training.valid(connection, one, day) == having(counting, 1, one)
    counting = having(rows(model.trainings, TRAINING, None), 6, None)
    for one in model.volunteers:
        assert views.training.of_volunteer(connection, one) == having(counting, 1, one)


def rows(known: Dated, told: Sequence[str], day: date | None) -> Rows:
    """What holds on a day, or all there ever was, in order of the first day and the id."""
    found: Rows = []
    for name, one in sorted(known.items(), key=lambda named: (named[1]["since"], named[0])):
        since, until = one["since"], one["until"]
        if day is None or (since <= day and (until is None or day < until)):
            found.append((name, *(one[what] for what in told), str(since), str(until) if until else None))
    return found


def having(found: Rows, column: int, value: object) -> Rows:
    return [row for row in found if row[column] == value]

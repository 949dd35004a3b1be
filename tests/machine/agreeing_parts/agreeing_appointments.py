"""Holding posts, organisations, designations and training against the model, day by day."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from projections.registry import Views
from projections.stays import Part
from tests.machine.model import Model
from tests.machine.model_appointments import Dated

POST = ("volunteer", "community", "post")
ATTACHMENT = ("organisation", "community", "name", "kind")
DESIGNATION = ("community", "team", "name", "granted_by", "funding_fen")
TRAINING = ("volunteer", "name", "content", "minutes", "organiser", "annulled")

Rows = list[tuple[object, ...]]


def assert_appointments_agree(connection: Connection, views: Views, model: Model) -> None:
    appointed = model.tenures or model.attachments or model.designations or model.trainings
    # Where nobody ever was, one day is like another.
    for days in (-400, -10, -1, 0, 1, 40) if appointed else (0,):
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
        part = Part(day=day)
        assert views.training.listed(connection, part, annulled=True) == trainings
        for one in model.communities:
            assert views.posts.listed(connection, part, communities={one}) == having(posts, 2, one)
            attached = views.organisations.all(connection, part, communities={one})
            assert [there.id for there in attached] == sorted(
                {str(row[1]) for row in having(attachments, 2, one)}
            )
            teams = {team for team, node in model.teams.items() if node["community"] == one}
            bearers = {one, *views.teams.of_communities(connection, {one})}
            borne = [row for row in designations if row[1] == one or row[2] in teams]
            assert views.designations.listed(connection, part, bearers=bearers) == borne
        for one in model.teams:
            assert views.designations.listed(connection, part, team=one) == having(designations, 2, one)
        for one in {attachment["organisation"] for attachment in model.attachments.values()}:
            assert views.organisations.of_organisation(connection, part, one) == having(attachments, 1, one)
        counting = having(trainings, 6, None)
        for one in model.volunteers:
            assert views.posts.listed(connection, part, volunteer=one) == having(posts, 1, one)
            assert views.training.listed(connection, part, volunteer=one) == having(counting, 1, one)
    counting = having(rows(model.trainings, TRAINING, None), 6, None)
    for one in model.volunteers:
        found = views.training.of_volunteer(connection, one)
        assert sorted(found) == having(counting, 1, one)
        assert [row.since for row in found] == sorted(row.since for row in found)


def rows(known: Dated, told: Sequence[str], day: date | None) -> Rows:
    """What holds on a day, or all there ever was, by id."""
    found: Rows = []
    for name, one in sorted(known.items()):
        since, until = one["since"], one["until"]
        if day is None or (since <= day and (until is None or day < until)):
            found.append((name, *(one[what] for what in told), str(since), str(until) if until else None))
    return found


def having(found: Rows, column: int, value: object) -> Rows:
    return [row for row in found if row[column] == value]

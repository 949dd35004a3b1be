"""Holding age bands and skills against the model."""

from datetime import timedelta

from sqlalchemy import Connection

from projections.registry import Views
from tests.machine.model import Model


def assert_qualities_agree(connection: Connection, views: Views, model: Model) -> None:
    for volunteer in model.volunteers:
        for days in (-40, -1, 0, 1, 40):
            day = model.today + timedelta(days=days)
            qualified = views.qualifications.of_volunteer(connection, volunteer, day)
            assert (qualified.band or "") == (model.band(volunteer, day) or "")
            held = [
                skill
                for who, skill in sorted(model.skills)
                if who == volunteer and model.has(who, skill, day)
            ]
            assert qualified.skills == held

"""The commands about posts, organisations, designations and training, which hold on some days."""

from typing import Any

from ledger.cli.acts.made import Read, asked, group, joined, made
from ledger.cli.acts.tables import Column, Item, Table, draw_everything
from ledger.cli.terminal.failures import misused
from ledger.cli.terminal.typed import as_fen
from ledger.cli.words import usage
from ledger.cli.words.wording import printed


def _tenure(said: dict[str, Any]) -> None:
    if (said["post"] is None) != said["who"].startswith("ten_"):
        raise misused(usage.WHICH_TENURE)
    joined(said, "tenure", "who", "post", "community")


def _bearer(said: dict[str, Any]) -> None:
    if (said["community"] is None) == (said["team"] is None):
        raise misused(usage.COMMUNITY_OR_TEAM)


def _designation(said: dict[str, Any]) -> None:
    if said["community"] is not None and said["team"] is not None:
        raise misused(usage.COMMUNITY_OR_TEAM)
    joined(said, "designation", "designation", "community", "team")


def _since(item: Item, _: Any = None) -> str:
    """The days on which something holds."""
    return (
        item["since"] if item["until"] is None else printed("until", since=item["since"], until=item["until"])
    )


_SINCE = Column("since", _since)

post = group(
    "post",
    made("takePost", "take VOLUNTEER POST --community [--day] [--until]"),
    made("leavePost", "leave WHO [POST] [--community=COMMUNITY] [--day]", _tenure),
    asked(
        "listPosts",
        "list [--within] [--day]",
        Table(
            ("community, post, volunteer", _SINCE, "tenure=id"),
            empty="nobody_in_post",
            in_order=True,
        ),
    ),
    asked("getPost", "show TENURE", draw_everything),
)
organisation = group(
    "organisation",
    made(
        "attachOrganisation",
        "attach NAME --kind --community [--organisation=ORGANISATION] [--day] [--until]",
        lambda said: "attachOrganisationAgain" if said["organisation"] is not None else None,
    ),
    made(
        "detachOrganisation",
        "detach ORGANISATION [--community=COMMUNITY] [--day]",
        lambda said: joined(said, "attachment", "attachment", "community"),
        {"organisation": "attachment"},
    ),
    asked(
        "listAllAttachments",
        "list [--within] [--day]",
        Table(
            ("community, organisation=name, kind", _SINCE, "attachment=id"),
            empty="no_attachment",
            in_order=True,
        ),
    ),
    asked("getOrganisation", "show ORGANISATION", draw_everything),
    asked("listAttachments", "attachments ORGANISATION [--day]", draw_everything),
    asked("listOrganisations", "all [--kind] [--within] [--day]", draw_everything),
)
designation = group(
    "designation",
    made(
        "grantDesignation",
        "grant NAME [--community] [--team] --granted-by [--funding] [--day] [--until]",
        _bearer,
        funding=Read(
            {"callback": as_fen, "metavar": "YUAN"},
            "funding_fen",
        ),
    ),
    made("endDesignation", "end DESIGNATION [--community=COMMUNITY] [--team=TEAM] [--day]", _designation),
    asked(
        "listDesignations",
        "list [--within] [--day]",
        Table(
            (
                Column("bearer", lambda item, drawn: drawn.called(item["community"] or item["team"])),
                "designation=name, granted_by, funding=funding_fen",
                _SINCE,
                "id",
            ),
            empty="no_designation",
            in_order=True,
        ),
    ),
    asked("getDesignation", "show DESIGNATION", draw_everything),
)
training = group(
    "training",
    made("completeTraining", "complete VOLUNTEER NAME MINUTES --organiser [--content] [--day] [--until]"),
    made("annulTraining", "annul TRAINING --reason"),
    asked(
        "listTrainingOfVolunteer",
        "list VOLUNTEER",
        Table(
            (Column("completed", _since), "training=name, time=minutes, organiser, id"),
            empty="no_training",
        ),
    ),
    asked("getTraining", "show TRAINING", draw_everything),
    asked("listTraining", "all [--within] [--day] [--annulled]", draw_everything),
)

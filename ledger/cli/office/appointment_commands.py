"""The commands about posts, organisations, designations and training, which hold on some days."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, joined, made
from ledger.cli.acts.tables import Column, Item, Table
from ledger.cli.terminal.options import option
from ledger.cli.terminal.typed import as_fen
from ledger.domain.decimals import in_yuan

_COMMUNITY = "An id or a name."
_WHICH = "Which one, where there are several: an id or a name."
_ENDS = "The first day on which it no longer holds. [default: today]"
_HOLDS = {
    "day": "The first day. [default: today]",
    "until": "The first day on which it no longer holds. [default: no end]",
}
_OF_A_DAY = {
    "within": "Only in a community (an id or a name) and those beneath it.",
    "day": "As of this day. [default: today]",
}


def _tenure(said: dict[str, Any]) -> None:
    if (said["post"] is None) != said["who"].startswith("ten_"):
        raise click.UsageError("name a tenure by its id, or a volunteer with a post")
    joined(said, "tenure", "who", "post", "community")


def _bearer(said: dict[str, Any]) -> None:
    if (said["community"] is None) == (said["team"] is None):
        raise click.UsageError("name a --community or a --team")


def _designation(said: dict[str, Any]) -> None:
    if said["community"] is not None and said["team"] is not None:
        raise click.UsageError("name a --community or a --team")
    joined(said, "designation", "designation", "community", "team")


def _since(item: Item, _: Any = None) -> str:
    """The days on which something holds."""
    return item["since"] if item["until"] is None else f"{item['since']}, until {item['until']}"


_IN = "Community"
_SINCE = Column("Since", _since)

post = group(
    "post",
    "Posts that volunteers hold in communities: branch president, cadre, liaison.",
    made(
        "takePost",
        "take VOLUNTEER POST --community [--day] [--until]",
        "Let a volunteer hold a post of a community.",
        post="A code: branch-president, liaison, …",
        community=_COMMUNITY,
        **_HOLDS,
    ),
    made(
        "leavePost",
        "leave WHO [POST] [--community=COMMUNITY] [--day]",
        "End a volunteer's time in a post.",
        _tenure,
        who="A tenure's id (ten_…), or a volunteer's number or id.",
        post="With a volunteer: which post.",
        community=_WHICH,
        day=_ENDS,
    ),
    asked(
        "listPosts",
        "list [--within] [--day]",
        "Who holds which post.",
        Table(
            (_IN, "Post", "Volunteer", _SINCE, Column("Tenure", "id")),
            empty="Nobody holds a post there then.",
            in_order=True,
        ),
        **_OF_A_DAY,
    ),
)
organisation = group(
    "organisation",
    "Outside bodies attached to communities: schools, hospitals, companies.",
    made(
        "attachOrganisation",
        "attach NAME --kind --community [--day] [--until]",
        "Attach an organisation to a community; it may be attached to several.",
        name="Its public name; one that is known is the same one.",
        kind="school, hospital, society, company, …",
        community=_COMMUNITY,
        **_HOLDS,
    ),
    made(
        "detachOrganisation",
        "detach ORGANISATION [--community=COMMUNITY] [--day]",
        "End an organisation's time with a community.",
        lambda said: joined(said, "attachment", "attachment", "community"),
        {"organisation": "attachment"},
        organisation="A name, or an id (org_… or att_…).",
        community=_WHICH,
        day=_ENDS,
    ),
    asked(
        "listAllAttachments",
        "list [--within] [--day]",
        "Which organisations are attached to which community.",
        Table(
            (_IN, Column("Organisation", "name"), "Kind", _SINCE, Column("Attachment", "id")),
            empty="No organisation is attached then.",
            in_order=True,
        ),
        **_OF_A_DAY,
    ),
)
designation = group(
    "designation",
    "Titles that communities and teams bear: pilot community, demonstration team.",
    made(
        "grantDesignation",
        "grant NAME [--community] [--team] --granted-by [--funding] [--day] [--until]",
        "Let a community or a team bear a title.",
        _bearer,
        name="The title.",
        community="Who bears it: a community, by an id or a name.",
        team="Or a team, likewise.",
        granted_by="Who grants it.",
        funding=option(
            "--funding",
            "funding_fen",
            callback=as_fen,
            metavar="YUAN",
            help="What comes with it, such as 5000 or 5000.50.",
        ),
        **_HOLDS,
    ),
    made(
        "endDesignation",
        "end DESIGNATION [--community=COMMUNITY] [--team=TEAM] [--day]",
        "Let a community or a team bear a title no longer.",
        _designation,
        designation="An id (des_…), or the title.",
        community=_WHICH,
        team=_WHICH,
        day=_ENDS,
    ),
    asked(
        "listDesignations",
        "list [--within] [--day]",
        "Who bears which title; with --within also the teams of those communities.",
        Table(
            (
                Column("Bearer", lambda item, drawn: drawn.called(item["community"] or item["team"])),
                Column("Designation", "name"),
                "Granted by",
                Column("Funding, yuan", "funding_fen", in_yuan),
                _SINCE,
                "Id",
            ),
            empty="Nobody bears a title then.",
            in_order=True,
        ),
        **_OF_A_DAY,
    ),
)
training = group(
    "training",
    "What volunteers have learnt.",
    made(
        "completeTraining",
        "complete VOLUNTEER NAME MINUTES --organiser [--content] [--day] [--until]",
        "Record that a volunteer completed a training.",
        name="The training's public name.",
        minutes="How long it was.",
        organiser="Who gave it.",
        content="What was taught. [default: its name]",
        day="The day on which it was completed. [default: today]",
        until="The first day on which it is no longer valid. [default: no end]",
    ),
    made(
        "annulTraining",
        "annul TRAINING --reason",
        "Let a training count no more.",
        training="Its id (trn_…), as `training list` tells.",
        reason="Why, as a code: mistaken, …",
    ),
    asked(
        "listTrainingOfVolunteer",
        "list VOLUNTEER",
        "What a volunteer completed, still valid or not.",
        Table(
            (
                Column("Completed", _since),
                Column("Training", "name"),
                Column("Time", "minutes"),
                "Organiser",
                "Id",
            ),
            empty="No training yet.",
        ),
    ),
)

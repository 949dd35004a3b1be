"""What the commands about posts, organisations, designations and training are called and take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made
from ledger.cli.terminal.options import acting, argument, as_text, listing, option, volunteer_argument
from ledger.cli.terminal.typed import as_code, as_day, as_fen, as_label, day_option, label_option

_since = day_option("The first day. [default: today]")
_UNTIL = "The first day on which it no longer holds. [default: no end]"
_until = day_option(_UNTIL, "--until")
_end = day_option("The first day on which it no longer holds. [default: today]")
_within = option(
    "--within",
    "community",
    callback=as_text,
    metavar="COMMUNITY",
    help="Only in a community (an id or a name) and those beneath it.",
)


def _of_a_day(command: Any) -> Any:
    """What a list takes of what holds on a day."""
    on = option("--day", "on", callback=as_day, metavar="DAY", help="As of this day. [default: today]")
    return _within(on(listing(command)))


def _community(text: str, *, required: bool) -> Callable[[Any], Any]:
    return option("--community", required=required, callback=as_text, metavar="COMMUNITY", help=text)


_COMMUNITY = "An id or a name."
_WHICH = "Which one, where there are several: an id or a name."


@click.command()
@argument(
    "who", callback=as_text, metavar="WHO", help="A tenure's id (ten_…), or a volunteer's number or id."
)
@argument("post", required=False, callback=as_code, metavar="[POST]", help="With a volunteer: which post.")
@_community(_WHICH, required=False)
@_end
@acting
def leave(who: str, post: str | None, community: str | None, recording: Any, **said: Any) -> None:
    """End a volunteer's time in a post."""
    from ledger.cli.acts.doing import do, typed_word

    if (post is None) != who.startswith("ten_"):
        raise click.UsageError("name a tenure by its id, or a volunteer with a post")
    named = (typed_word("volunteer", who), post, community)
    do(recording, "leavePost", {**said, "tenure": "@".join(filter(None, named))})


@click.command("list")
@_of_a_day
def list_posts(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """Who holds which post."""
    from ledger.cli.acts.asking import TODAY, ask
    from ledger.cli.office.staying import draw_posts

    said["on"] = said["on"] or TODAY
    ask(data, "listPosts", said, draw_posts, as_json=as_json, every=every)


@click.command()
@argument("attachment", callback=as_text, metavar="ORGANISATION", help="A name, or an id (org_… or att_…).")
@_community(_WHICH, required=False)
@_end
@acting
def detach(attachment: str, community: str | None, recording: Any, **said: Any) -> None:
    """End an organisation's time with a community."""
    from ledger.cli.acts.doing import do

    named = attachment if community is None else f"{attachment}@{community}"
    do(recording, "detachOrganisation", {**said, "attachment": named})


@click.command("list")
@_of_a_day
def list_organisations(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """Which organisations are attached to which community."""
    from ledger.cli.acts.asking import TODAY, ask
    from ledger.cli.office.staying import draw_attachments

    said["on"] = said["on"] or TODAY
    ask(data, "listAllAttachments", said, draw_attachments, as_json=as_json, every=every)


def _team(text: str) -> Callable[[Any], Any]:
    return option("--team", callback=as_text, metavar="TEAM", help=text)


@click.command()
@argument("name", callback=as_label, metavar="NAME", help="The title.")
@_community("Who bears it: a community, by an id or a name.", required=False)
@_team("Or a team, likewise.")
@label_option("--granted-by", "Who grants it.", required=True)
@option(
    "--funding",
    "funding_fen",
    callback=as_fen,
    metavar="YUAN",
    help="What comes with it, such as 5000 or 5000.50.",
)
@_since
@_until
@acting
def grant(recording: Any, **said: Any) -> None:
    """Let a community or a team bear a title."""
    from ledger.cli.acts.doing import do

    if (said["community"] is None) == (said["team"] is None):
        raise click.UsageError("name a --community or a --team")
    do(recording, "grantDesignation", said)


@click.command()
@argument("designation", callback=as_text, metavar="DESIGNATION", help="An id (des_…), or the title.")
@_community(_WHICH, required=False)
@_team(_WHICH)
@_end
@acting
def end(designation: str, community: str | None, team: str | None, recording: Any, **said: Any) -> None:
    """Let a community or a team bear a title no longer."""
    from ledger.cli.acts.doing import do

    if community is not None and team is not None:
        raise click.UsageError("name a --community or a --team")
    bearer = community or team
    named = designation if bearer is None else f"{designation}@{bearer}"
    do(recording, "endDesignation", {**said, "designation": named})


@click.command("list")
@_of_a_day
def list_designations(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """Who bears which title; with --within also the teams of those communities."""
    from ledger.cli.acts.asking import TODAY, ask
    from ledger.cli.office.staying import draw_designations

    said["on"] = said["on"] or TODAY
    ask(data, "listDesignations", said, draw_designations, as_json=as_json, every=every)


@click.command("list")
@volunteer_argument
@listing
def list_training(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """What a volunteer completed, still valid or not."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.staying import draw_training

    ask(data, "listTrainingOfVolunteer", said, draw_training, as_json=as_json, every=every)


_HOLDS = {"day": "The first day. [default: today]", "until": _UNTIL}

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
    leave,
    list_posts,
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
    detach,
    list_organisations,
)
designation = group(
    "designation",
    "Titles that communities and teams bear: pilot community, demonstration team.",
    grant,
    end,
    list_designations,
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
    list_training,
)

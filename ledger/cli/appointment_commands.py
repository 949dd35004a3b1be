"""What the commands about posts, organisations, designations and training are called and take."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.numbers import WholeNumber
from ledger.cli.options import acting, argument, as_text, common, option, volunteer_argument
from ledger.cli.program import InOrder
from ledger.cli.typed import as_code, as_fen, as_label, code_option, day_option, label_option

_since = day_option("The first day. [default: today]")
_until = day_option("The first day on which it no longer holds. [default: no end]", "--until")
_end = day_option("The first day on which it no longer holds. [default: today]")
_on = day_option("As of this day. [default: today]")
_within = option(
    "--within",
    callback=as_text,
    metavar="COMMUNITY",
    help="Only in a community (an id or a name) and those beneath it.",
)


def _community(text: str, *, required: bool) -> Callable[[Any], Any]:
    return option("--community", required=required, callback=as_text, metavar="COMMUNITY", help=text)


_COMMUNITY = "An id or a name."
_WHICH = "Which one, where there are several: an id or a name."


@click.group(cls=InOrder)
def post() -> None:
    """Posts that volunteers hold in communities: branch president, cadre, liaison."""


@post.command()
@volunteer_argument
@argument("post", callback=as_code, metavar="POST", help="A code: branch-president, liaison, …")
@_community(_COMMUNITY, required=True)
@_since
@_until
@acting
def take(volunteer: str, post: str, community: str, how: Any, **days: date | None) -> None:
    """Let a volunteer hold a post of a community."""
    from ledger.cli.posts import take_post

    take_post(how, volunteer, post, community, **days)


@post.command()
@argument(
    "who", callback=as_text, metavar="WHO", help="A tenure's id (ten_…), or a volunteer's number or id."
)
@argument("post", required=False, callback=as_code, metavar="[POST]", help="With a volunteer: which post.")
@_community(_WHICH, required=False)
@_end
@acting
def leave(who: str, post: str | None, community: str | None, how: Any, **days: date | None) -> None:
    """End a volunteer's time in a post."""
    from ledger.cli.posts import leave_post

    if (post is None) != who.startswith("ten_"):
        raise click.UsageError("name a tenure by its id, or a volunteer with a post")
    leave_post(how, who, post, community, **days)


@post.command("list")
@_within
@_on
@common
def list_posts(data: Path | None, as_json: bool, **question: Any) -> None:
    """Who holds which post."""
    from ledger.cli.posts import list_posts as run

    run(data, as_json=as_json, **question)


@click.group(cls=InOrder)
def organisation() -> None:
    """Outside bodies attached to communities: schools, hospitals, companies."""


@organisation.command()
@argument(
    "name", callback=as_label, metavar="NAME", help="Its public name; one that is known is the same one."
)
@code_option("--kind", "school, hospital, society, company, …", required=True)
@_community(_COMMUNITY, required=True)
@_since
@_until
@acting
def attach(name: str, kind: str, community: str, how: Any, **days: date | None) -> None:
    """Attach an organisation to a community; it may be attached to several."""
    from ledger.cli.organisations import attach_organisation

    attach_organisation(how, name, kind, community, **days)


@organisation.command()
@argument("organisation", callback=as_text, metavar="ORGANISATION", help="A name, or an id (org_… or att_…).")
@_community(_WHICH, required=False)
@_end
@acting
def detach(organisation: str, community: str | None, how: Any, **days: date | None) -> None:
    """End an organisation's time with a community."""
    from ledger.cli.organisations import detach_organisation

    detach_organisation(how, organisation, community, **days)


@organisation.command("list")
@_within
@_on
@common
def list_organisations(data: Path | None, as_json: bool, **question: Any) -> None:
    """Which organisations are attached to which community."""
    from ledger.cli.organisations import list_organisations as run

    run(data, as_json=as_json, **question)


def _team(text: str) -> Callable[[Any], Any]:
    return option("--team", callback=as_text, metavar="TEAM", help=text)


@click.group(cls=InOrder)
def designation() -> None:
    """Titles that communities and teams bear: pilot community, demonstration team."""


@designation.command()
@argument("name", callback=as_label, metavar="NAME", help="The title.")
@_community("Who bears it: a community, by an id or a name.", required=False)
@_team("Or a team, likewise.")
@label_option("--granted-by", "Who grants it.", required=True)
@option("--funding", callback=as_fen, metavar="YUAN", help="What comes with it, such as 5000 or 5000.50.")
@_since
@_until
@acting
def grant(name: str, community: str | None, team: str | None, how: Any, **given: Any) -> None:
    """Let a community or a team bear a title."""
    from ledger.cli.designations import grant_designation

    if (community is None) == (team is None):
        raise click.UsageError("name a --community or a --team")
    grant_designation(how, name, community, team, **given)


@designation.command()
@argument("designation", callback=as_text, metavar="DESIGNATION", help="An id (des_…), or the title.")
@_community(_WHICH, required=False)
@_team(_WHICH)
@_end
@acting
def end(designation: str, community: str | None, team: str | None, how: Any, **days: date | None) -> None:
    """Let a community or a team bear a title no longer."""
    from ledger.cli.designations import end_designation

    end_designation(how, designation, community, team, **days)


@designation.command("list")
@_within
@_on
@common
def list_designations(data: Path | None, as_json: bool, **question: Any) -> None:
    """Who bears which title; with --within also the teams of those communities."""
    from ledger.cli.designations import list_designations as run

    run(data, as_json=as_json, **question)


@click.group(cls=InOrder)
def training() -> None:
    """What volunteers have learnt."""


@training.command()
@volunteer_argument
@argument("name", callback=as_label, metavar="NAME", help="The training's public name.")
@argument("minutes", type=WholeNumber(min=1), metavar="MINUTES", help="How long it was.")
@label_option("--organiser", "Who gave it.", required=True)
@label_option("--content", "What was taught. [default: its name]")
@day_option("The day on which it was completed. [default: today]")
@day_option("The first day on which it is no longer valid. [default: no end]", "--until")
@acting
def complete(volunteer: str, name: str, minutes: int, how: Any, **given: Any) -> None:
    """Record that a volunteer completed a training."""
    from ledger.cli.training import complete_training

    complete_training(how, volunteer, name, minutes, **given)


@training.command()
@argument("training", callback=as_text, metavar="TRAINING", help="Its id (trn_…), as `training list` tells.")
@code_option("--reason", "Why, as a code: mistaken, …", required=True)
@acting
def annul(training: str, reason: str, how: Any) -> None:
    """Let a training count no more."""
    from ledger.cli.training import annul_training

    annul_training(how, training, reason)


@training.command("list")
@volunteer_argument
@common
def list_training(volunteer: str, data: Path | None, as_json: bool) -> None:
    """What a volunteer completed, still valid or not."""
    from ledger.cli.training import list_training as run

    run(data, volunteer, as_json=as_json)

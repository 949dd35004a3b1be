"""The commands about posts, organisations, designations and training, which hold on some days."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import Read, asked, group, joined, made
from ledger.cli.acts.tables import Column, Item, Table, draw_everything
from ledger.cli.terminal.typed import as_fen
from ledger.cli.words.wording import printed
from ledger.domain.decimals import in_yuan

_WHICH = ("Which one, where there are several: an id or a name.", "有多个时指明哪一个：编号或名称。")


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
    return (
        item["since"] if item["until"] is None else printed("until", since=item["since"], until=item["until"])
    )


_SINCE = Column("since", _since)

post = group(
    "post",
    (
        "Posts that volunteers hold in communities: branch president, cadre, liaison.",
        "志愿者在社区（村）担任的岗位：分会长、骨干、联络员等。",
    ),
    made("takePost", "take VOLUNTEER POST --community [--day] [--until]"),
    made(
        "leavePost",
        "leave WHO [POST] [--community=COMMUNITY] [--day]",
        _tenure,
        who=(
            "A volunteer's number or id, or the id of their time in the post (ten_…).",
            "志愿者编号或系统编号，或任职记录的编号（ten_…）。",
        ),
        post=("With a volunteer: which post.", "填写志愿者时，指明哪一个岗位。"),
        community=_WHICH,
    ),
    asked(
        "listPosts",
        "list [--within] [--day]",
        Table(
            ("community, post, volunteer", _SINCE, "tenure=id"),
            empty="nobody_in_post",
            in_order=True,
        ),
        says=("Who holds which post.", "各岗位的任职者。"),
    ),
    asked("getPost", "show TENURE", draw_everything),
)
organisation = group(
    "organisation",
    (
        "Outside bodies attached to communities: schools, hospitals, companies.",
        "挂靠在社区（村）的外部单位：学校、医院、企业等。",
    ),
    made(
        "attachOrganisation",
        "attach NAME --kind --community [--day] [--until]",
        kind=(
            "Of what kind it is, as a code: school, hospital, society, company, …",
            "类别，代码：school（学校）、hospital（医院）、society（社会组织）、company（企业）等。",
        ),
    ),
    made(
        "detachOrganisation",
        "detach ORGANISATION [--community=COMMUNITY] [--day]",
        lambda said: joined(said, "attachment", "attachment", "community"),
        {"organisation": "attachment"},
        organisation=(
            "A name, or an id of the organisation or the attachment (org_… or att_…).",
            "单位名称，或单位或挂靠记录的编号（org_… 或 att_…）。",
        ),
        community=_WHICH,
    ),
    asked(
        "listAllAttachments",
        "list [--within] [--day]",
        Table(
            ("community, organisation=name, kind", _SINCE, "attachment=id"),
            empty="no_attachment",
            in_order=True,
        ),
        says=("Which organisations are attached to which community.", "各社区（村）的挂靠单位。"),
    ),
    asked("getOrganisation", "show ORGANISATION", draw_everything),
    asked("listAttachments", "attachments ORGANISATION [--day]", draw_everything),
    asked("listOrganisations", "all [--kind] [--within] [--day]", draw_everything),
)
designation = group(
    "designation",
    (
        "Titles that communities and teams bear: pilot community, demonstration team.",
        "社区（村）和服务队的称号：试点社区、示范队等。",
    ),
    made(
        "grantDesignation",
        "grant NAME [--community] [--team] --granted-by [--funding] [--day] [--until]",
        _bearer,
        funding=Read(
            (
                "The funding that comes with it, in yuan: 5000, or 5000.50.",
                "随附的资助金额，以元为单位，如 5000 或 5000.50。",
            ),
            {"callback": as_fen, "metavar": "YUAN"},
            "funding_fen",
        ),
    ),
    made(
        "endDesignation",
        "end DESIGNATION [--community=COMMUNITY] [--team=TEAM] [--day]",
        _designation,
        designation=("The title, or its id (des_…).", "称号名称，或编号（des_…）。"),
        community=_WHICH,
        team=_WHICH,
    ),
    asked(
        "listDesignations",
        "list [--within] [--day]",
        Table(
            (
                Column("bearer", lambda item, drawn: drawn.called(item["community"] or item["team"])),
                "designation=name, granted_by",
                Column("funding", "funding_fen", in_yuan),
                _SINCE,
                "id",
            ),
            empty="no_designation",
            in_order=True,
        ),
        says=(
            "Who bears which title; with --within also the teams of those communities.",
            "各社区（村）和服务队的称号；使用 --within 时含其服务队的。",
        ),
    ),
    asked("getDesignation", "show DESIGNATION", draw_everything),
)
training = group(
    "training",
    ("What volunteers have learnt.", "志愿者完成的培训。"),
    made("completeTraining", "complete VOLUNTEER NAME MINUTES --organiser [--content] [--day] [--until]"),
    made(
        "annulTraining",
        "annul TRAINING --reason",
        training=(
            "Its id (trn_…), as `training list` tells.",
            "培训记录的编号（trn_…），见 `training list`。",
        ),
    ),
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

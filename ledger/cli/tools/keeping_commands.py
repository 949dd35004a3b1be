"""What the commands are called and take that begin, fill, keep and export a ledger."""

from pathlib import Path

import rich_click as click

from ledger.cli.terminal.numbers import DecimalNumber
from ledger.cli.terminal.options import (
    argument,
    by_option,
    common,
    files_option,
    number_option,
    option,
    text_option,
)
from ledger.cli.terminal.program import InOrder
from ledger.cli.terminal.tool import does, tool
from ledger.cli.tools.audit_commands import folder_argument, kept_checkpoints


@click.command()
@text_option("--origin", "CODE", "The ledger's name among ledgers. [default: timebank]")
@text_option("--zone", "ZONE", "Its one time zone. [default: Asia/Shanghai]")
@option("--policy", type=click.Choice(["standard"]), help="The rules it starts with. [default: standard]")
@tool("init.init")
def init() -> None:
    """Begin a ledger, with a policy in force for all time.

    Where one is open already nothing changes, but a store that an older release wrote is brought up to date.
    """


@click.group("import", cls=InOrder)
def import_files() -> None:
    """Take in an office's files: .xlsx, .xls, .ods or .csv. Or the whole log of a ledger, from a bundle.

    Every row of a file is judged: recorded, unchanged, in conflict with what was recorded before, or refused with a
    reason. The same file again changes nothing. The exit code is 1 if a row is refused or in conflict.
    """


KINDS = {
    "communities": """Establish the communities of a file.

    Its columns are 名称, 上级 and 层级 (区县, 镇街 or 村社区). A community is known by its name and parent.""",
    "teams": """Form the teams of a file.

    Its columns are 服务队名称, 上级服务队 and 所属镇街. A team is known by its name.""",
    "roster": """Register the volunteers of a file.

    Its columns are 姓名, 志愿者编号, 所属镇街, 所属村（社区）, 服务队 and 注册日期; it may have 序号, 性别,
    手机号码 and 备注. A volunteer is known by the number. Communities and teams must be there.""",
    "hours": """Record the service of a file, attested by whoever imports.

    Its columns are 记录编号, 活动名称, 活动日期, 活动地点, 服务内容, 志愿者编号, 服务时长（小时） and 组织单位;
    it may have 姓名, 负责人 and 品牌. A record is known by its number and the source. The roster must be there.""",
}


def _add_kind(kind: str) -> None:
    @import_files.command(kind, help=KINDS[kind])
    @argument("file", type=click.Path(path_type=Path), help="The file.")
    @text_option(
        "--source",
        "CODE",
        "The office whose file it is: record numbers are unique within a source.",
        default="office",
        show_default=True,
    )
    @by_option("The id of the member of staff who answers for it.")
    @option("--dry-run", is_flag=True, help="Say what would happen; record nothing.")
    @tool("importing.import_file", kind=kind)
    def run() -> None: ...


for _kind in KINDS:
    _add_kind(_kind)


@import_files.command()
@argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="FOLDER")
@text_option(
    "--key",
    "KEY",
    "The public key of the ledger that it is of, or a file that holds it: who signed is verified.",
)
@option("--dry-run", is_flag=True, help="Examine the bundle; record nothing.")
@common
@does("importing.import_log")
def log() -> None:
    """Take in the log of a bundle, into a place where no ledger is yet.

    Positions, stored bytes and root are the same afterwards, and the checkpoints come along. It is all or nothing:
    each line that cannot be taken is told with its reason. A bundle is what `timebank audit bundle` writes; names,
    phones and volunteer numbers are not in it.
    """


@click.command()
@argument("folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Where it goes: new, or empty.")
@option("--keys", is_flag=True, help="Take the private keys in: whoever has the backup can sign then.")
@tool("backup.write_backup", reads=True)
def backup() -> None:
    """Write the whole ledger, its directory too, into a folder, while it is served or without that.

    The folder holds personal data, and only its owner may read it. It is the same for every database, so `timebank
    restore` moves a ledger from one to another.
    """


@click.command()
@argument("folder", type=click.Path(path_type=Path), metavar="FOLDER", help="The backup.")
@files_option(
    "--erasures",
    "erasures",
    "The newest list of who was erased: they do not come back. As often as there are some.",
)
@kept_checkpoints
@tool("backup.restore_backup")
def restore() -> None:
    """Make a ledger from a backup, where there is none.

    Every byte is held against the root and the checkpoints first. If anything is wrong, nothing is restored.
    """


@click.command()
@tool("backup.show_erasures", reads=True)
def erasures() -> None:
    """Print the list of who was erased: ids, no names. Keep it apart from the ledger and its backups.

    The same list is in erasures.txt beside an embedded ledger, or in the file that TIMEBANK_ERASURES names.
    """


@click.group(cls=InOrder)
def export() -> None:
    """The books for other programs. Every export tells origin, position, and the root of the tree there.

    Nothing in one is about a person but ids: volunteers' numbers and names are in none.
    """


_at_option = number_option(
    "--at", 1, 2**63 - 1, "Only the events up to this position. [default: all]", metavar="POSITION"
)
JOURNALS = {
    "hledger": """Write both books as a journal for hledger.

    Every fact that moves minutes is a transaction of its day, and each month ends with balances: `hledger -f FILE
    check --strict` finds any minute that was changed in it.""",
    "beancount": """Write both books as a journal for beancount and Fava.

    Every fact that moves minutes is a transaction of its day, and each month ends with balances: `bean-check FILE`
    finds any minute that was changed in it.""",
}


def _add_journal(program: str) -> None:
    @export.command(program, help=JOURNALS[program])
    @argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
    @_at_option
    @option("--force", is_flag=True, help="Write over a file that is there.")
    @tool("export.export_journal", reads=True, program=program)
    def run() -> None: ...


for _program in JOURNALS:
    _add_journal(_program)


@export.command()
@folder_argument
@_at_option
@tool("export.export_parquet", reads=True)
def parquet() -> None:
    """Write events, postings and service lines as Parquet into an empty or new folder, for DuckDB or Polars.

    It needs pyarrow: pip install 'timebank-ledger[parquet]'.
    """


_views_argument = argument("views", nargs=-1, metavar="[VIEW]...", help="All views if none is named.")
_into_option = text_option(
    "--into",
    "PLACE",
    "Where views are followed: a folder, or a database by its URL. [default: followed.sqlite beside the"
    " ledger, or the schema followed on PostgreSQL]",
)


@click.group(cls=InOrder)
def projections() -> None:
    """Look after the views, which are folded from the log."""


@projections.command("list")
@_into_option
@tool("views.list_views", reads=True)
def list_views() -> None:
    """Where each view stands, the ledger's own and those that are followed, and how many facts it lags behind."""


@projections.command()
@_views_argument
@_into_option
@option("--once", is_flag=True, help="Take in what there is by now, and end.")
@option(
    "--poll",
    type=DecimalNumber(min=0.01, max=3_600),
    default=1.0,
    metavar="SECONDS",
    help="How often to look for new facts. [default: 1]",
)
@common
@does("views.follow_views")
def follow() -> None:
    """Keep views in a database of their own, beside the process that writes.

    It goes on until Ctrl-C or SIGTERM, and takes up where it was, however it ended. With --json it prints a line for
    each view whenever that has moved or broken. The exit code is 1 if no view is left that could go on, or with
    --once if one broke.
    """


@projections.command()
@_views_argument
@tool("views.rebuild_views")
def rebuild() -> None:
    """Make views anew from the log."""


@projections.command()
@tool("views.check_views", reads=True)
def check() -> None:
    """Replay the log and hold every view against it; the exit code is 1 if one differs."""

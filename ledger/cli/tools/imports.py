"""The commands that take in an office's files, or a whole log."""

from pathlib import Path

import rich_click as click

from ledger.cli.terminal.options import argument, as_text, common, option
from ledger.cli.terminal.program import InOrder

HELP = {
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


@click.group("import", cls=InOrder)
def import_files() -> None:
    """Take in an office's files: .xlsx, .xls, .ods or .csv. Or the whole log of a ledger, from a bundle.

    Every row of a file is judged: recorded, unchanged, in conflict with what was recorded before, or refused with a
    reason. The same file again changes nothing. The exit code is 1 if a row is refused or in conflict.
    """


def _add(kind: str) -> None:
    @import_files.command(kind, help=HELP[kind])
    @argument("file", type=click.Path(path_type=Path), help="The file.")
    @option(
        "--source",
        default="office",
        show_default=True,
        callback=as_text,
        metavar="CODE",
        help="The office whose file it is: record numbers are unique within a source.",
    )
    @option(
        "--by",
        default="stf_office",
        show_default=True,
        callback=as_text,
        metavar="ACTOR",
        help="The id of the member of staff who answers for it.",
    )
    @option("--dry-run", is_flag=True, help="Say what would happen; record nothing.")
    @common
    def run(file: Path, source: str, by: str, dry_run: bool, data: Path | None, as_json: bool) -> None:
        from ledger.cli.tools.importing import Order, import_file

        import_file(data, Order(kind, file, source, by, dry_run), as_json=as_json)


for _kind in HELP:
    _add(_kind)


@import_files.command()
@argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="FOLDER")
@option(
    "--key",
    callback=as_text,
    metavar="KEY",
    help="The public key of the ledger that it is of, or a file that holds it: who signed is verified.",
)
@option("--dry-run", is_flag=True, help="Examine the bundle; record nothing.")
@common
def log(folder: Path, key: str | None, dry_run: bool, data: Path | None, as_json: bool) -> None:
    """Take in the log of a bundle, into a place where no ledger is yet.

    Positions, stored bytes and root are the same afterwards, and the checkpoints come along. It is all or nothing:
    each line that cannot be taken is told with its reason. A bundle is what `timebank audit bundle` writes; names,
    phones and volunteer numbers are not in it.
    """
    from ledger.cli.tools.importing_log import Order, import_log

    import_log(data, Order(folder, key, dry_run), as_json=as_json)

"""What the commands are called and take that begin, fill, keep and export a ledger."""

from pathlib import Path

import click

from ledger.cli.acts.made import group
from ledger.cli.terminal.numbers import DecimalNumber
from ledger.cli.terminal.options import (
    argument,
    by_option,
    common,
    dry_option,
    files_option,
    flag,
    folder_argument,
    lang_option,
    number_option,
    option,
    text_option,
)
from ledger.cli.terminal.tool import runs, tool
from ledger.cli.tools.audit_commands import kept_checkpoints

init = tool(
    "init",
    "init.init",
    text_option("--name", "NAME"),
    lang_option,
    text_option("--origin", "CODE"),
    text_option("--zone", "ZONE"),
    option("--policy", type=click.Choice(["standard"])),
)

_again = text_option("--again", "NUMBERS", default="")
_rows = argument("file", type=click.Path(path_type=Path))
_source = text_option("--source", "CODE", default="office", show_default=True)
_of_a_file = (_rows, _source, by_option, dry_option)
_bundle = folder_argument(file_okay=False, exists=True)

import_files = group(
    "import",
    *(
        tool(f"import {kind}", "importing.import_file", *_of_a_file, kind=kind)
        for kind in ("communities", "teams", "roster")
    ),
    tool("import hours", "importing.import_file", *_of_a_file, _again, kind="hours"),
    runs("import log", "importing.import_log", _bundle, text_option("--key", "KEY"), dry_option, common),
)

backup = tool("backup", "backup.write_backup", folder_argument(), flag("--keys"), reads=True)
restore = tool(
    "restore",
    "backup.restore_backup",
    folder_argument(),
    files_option("--erasures", "erasures"),
    kept_checkpoints,
)
erasures = tool("erasures", "backup.show_erasures", reads=True)

_at = number_option("--at", 1, 2**63 - 1, metavar="POSITION")
_journal = argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
_new_folder = folder_argument(file_okay=False)

export = group(
    "export",
    *(
        tool(
            f"export {program}",
            "export.export_journal",
            _journal,
            _at,
            flag("--force"),
            reads=True,
            program=program,
        )
        for program in ("hledger", "beancount")
    ),
    tool("export parquet", "export.export_parquet", _new_folder, _at, reads=True),
)

_views = argument("views", nargs=-1, metavar="[VIEW]...")
_into = text_option("--into", "PLACE")
_poll = option("--poll", type=DecimalNumber(min=0.01, max=3_600), default=1.0, metavar="SECONDS")

projections = group(
    "projections",
    tool("projections list", "views.list_views", _into, reads=True),
    runs("projections follow", "views.follow_views", _views, _into, flag("--once"), _poll, common),
    tool("projections rebuild", "views.rebuild_views", _views),
    tool("projections check", "views.check_views", reads=True),
)

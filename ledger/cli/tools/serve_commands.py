"""What the commands are called and take that serve a ledger, tell who may call, and watch others'; and the demo."""

import click

from ledger.cli.acts.made import group
from ledger.cli.terminal.options import (
    argument,
    as_address,
    common,
    data_option,
    files_option,
    flag,
    folder_argument,
    lang_option,
    listening,
    number_option,
    option,
    port_option,
    text_option,
)
from ledger.cli.terminal.tool import runs, tool

ROLES = ("volunteer", "coordinator", "auditor", "integration", "admin")
LEVELS = ("debug", "info", "warning", "error")
SHELLS = ("bash", "zsh", "fish")

demo = runs(
    "demo",
    "demo.demo",
    flag("--files"),
    number_option("--volunteers", 300, 1_000_000, default=10_759),
    number_option("--activities", 1, 100_000, default=600),
    number_option("--seed", 0, 2**31, default=2026),
    flag("--no-serve"),
    port_option(),
    lang_option,
    common,
)

serve = runs(
    "serve",
    "serving.serve_ledger",
    listening(8_000),
    number_option("--workers", 1, 64, default=1),
    flag("--read-only"),
    option("--allow-origin", "origins", multiple=True, metavar="ORIGIN"),
    number_option("--sign-every", 0, 525_600, metavar="MINUTES", default=0),
    option("--at-once", multiple=True, metavar="ACTOR=N"),
    option("--metrics-listen", "metrics", callback=as_address, metavar="HOST:PORT"),
    option("--log-level", type=click.Choice(LEVELS), default="info", show_default=True),
    data_option,
)

token = group(
    "token",
    tool(
        "token issue",
        "serving.issue_token",
        option("--role", required=True, type=click.Choice(ROLES)),
        text_option("--volunteer", "VOLUNTEER"),
        text_option("--community", "COMMUNITY"),
        text_option("--actor", "ACTOR"),
        number_option("--days", 1, 31, default=1),
        reads=True,
    ),
    tool("token key", "serving.show_key"),
)

witness = runs(
    "witness",
    "serving.witness",
    folder_argument(file_okay=False),
    text_option("--name", "NAME", required=True),
    files_option("--ledger", "ledgers"),
    flag("--show-key"),
    listening(8_600),
)

completion = runs("completion", "completing.print_script", argument("shell", type=click.Choice(SHELLS)))

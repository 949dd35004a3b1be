"""What the commands are called and take that serve a ledger, tell who may call, and watch others'; and the demo."""

from pathlib import Path

import rich_click as click

from ledger.cli.terminal.options import (
    argument,
    as_address,
    common,
    data_option,
    files_option,
    listening,
    number_option,
    option,
    port_option,
    text_option,
)
from ledger.cli.terminal.program import COMPLETE_VARIABLE, InOrder
from ledger.cli.terminal.tool import does, tool

ROLES = ("volunteer", "coordinator", "auditor", "integration", "admin")
LEVELS = ("debug", "info", "warning", "error")
SHELLS = ("bash", "zsh", "fish")


@click.command()
@option("--files", is_flag=True, help="A small county instead, whose office's files are taken in.")
@number_option("--volunteers", 300, 1_000_000, default=10_759)
@number_option("--activities", 1, 100_000, default=600)
@number_option("--seed", 0, 2**31, "Of chance.", default=2026)
@option("--no-serve", is_flag=True, help="End after the tour, and serve no API.")
@port_option("Where to serve it. [default: 8000, or another that is free]")
@common
@does("demo.demo")
def demo() -> None:
    """Let a year of a made-up county happen in a fresh folder, look at it, and serve it until Ctrl-C.

    The folder is a new temporary one, or that of --data, which must be new or empty. The same sizes and seed give
    the same log. With --files or --json nothing is served.
    """


@click.command()
@listening(8_000)
@number_option(
    "--workers", 1, 64, "How many processes; more than one on PostgreSQL, or with --read-only.", default=1
)
@option("--read-only", is_flag=True, help="Take no writes, so that another process may.")
@option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages from there ask from within a browser, as https://portal.example; may be given again.",
)
@number_option(
    "--sign-every",
    0,
    525_600,
    "Sign the log's head at the start and every so often; 1440 is once a day, and 0 never.",
    metavar="MINUTES",
    default=0,
)
@option(
    "--at-once",
    multiple=True,
    metavar="ACTOR=N",
    help="How many requests of one actor are answered at a time, as stf_portal=2000; may be given again."
    " [default: 64, and 1024 of an integration]",
)
@option(
    "--metrics-listen",
    "metrics",
    callback=as_address,
    metavar="HOST:PORT",
    help="Tell figures to Prometheus there, and no longer at the public address; [::1]:9100 is one of IPv6.",
)
@option("--log-level", type=click.Choice(LEVELS), default="info", show_default=True, help="What is logged.")
@data_option
@does("serving.serve_ledger")
def serve() -> None:
    """Serve the HTTP API until Ctrl-C or SIGTERM, then finish what was begun.

    Its pages for people are at /docs. Who calls shows a token: `timebank token issue` makes one.
    """


@click.group(cls=InOrder)
def token() -> None:
    """Tokens, by which the API knows who calls."""


@token.command()
@option("--role", required=True, type=click.Choice(ROLES), help="What the caller is.")
@text_option("--volunteer", "VOLUNTEER", "With the role volunteer: who it is.")
@text_option("--community", "COMMUNITY", "With the role coordinator: of which one.")
@text_option("--actor", "ACTOR", "Of all other roles: who acts. [default: stf_ and the role]")
@number_option("--days", 1, 31, "For how long it is good.", default=1)
@tool("serving.issue_token", reads=True)
def issue() -> None:
    """Print a token for somebody.

    It is signed with the key in the file that TIMEBANK_TOKEN_KEY names, or in token-key.pem beside an embedded ledger,
    which is made if it is not there.
    """


@token.command()
@tool("serving.show_key")
def key() -> None:
    """Print the public key, with which others can verify the tokens that are issued here."""


@click.command()
@argument(
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the witness keeps its key, and what it saw last.",
)
@text_option("--name", "NAME", "Its name among witnesses, such as example.org/witness.", required=True)
@files_option(
    "--ledger",
    "ledgers",
    "What `timebank audit key` printed of a ledger to watch; as often as there are some.",
)
@option("--show-key", is_flag=True, help="Print the witness's public key, and end.")
@listening(8_600)
@does("serving.witness")
def witness() -> None:
    """Cosign the checkpoints of other people's ledgers, until Ctrl-C or SIGTERM.

    It speaks the witness protocol of C2SP (tlog-witness), and remembers of each ledger the last size and root. The key
    is made if there is none in the folder.
    """


@click.command()
@argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that completes this program's words in a shell."""
    from click.shell_completion import get_completion_class

    context = click.get_current_context()
    assert context is not None
    script = get_completion_class(shell)
    assert script is not None
    click.echo(script(context.find_root().command, {}, "timebank", COMPLETE_VARIABLE).source())

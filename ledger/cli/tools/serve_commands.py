"""What the commands are called and take that serve a ledger, tell who may call, and watch others'; and the demo."""

from pathlib import Path

import rich_click as click

from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import (
    argument,
    as_address,
    as_text,
    common,
    data_option,
    listening,
    option,
    port_option,
)
from ledger.cli.terminal.program import COMPLETE_VARIABLE, InOrder
from ledger.cli.terminal.tool import does, tool
from ledger.cli.tools.audit_commands import FILES

ROLES = ("volunteer", "coordinator", "auditor", "integration", "admin")
LEVELS = ("debug", "info", "warning", "error")
SHELLS = ("bash", "zsh", "fish")


@click.command()
@option("--files", is_flag=True, help="A small county instead, whose office's files are taken in.")
@option("--volunteers", type=WholeNumber(300, 1_000_000), default=10_759, show_default=True, metavar="N")
@option("--activities", type=WholeNumber(1, 100_000), default=600, show_default=True, metavar="N")
@option("--seed", type=WholeNumber(0, 2**31), default=2026, show_default=True, metavar="N", help="Of chance.")
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
@option(
    "--workers",
    type=WholeNumber(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="How many processes; more than one on PostgreSQL, or with --read-only.",
)
@option("--read-only", is_flag=True, help="Take no writes, so that another process may.")
@option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages from there ask from within a browser, as https://portal.example; may be given again.",
)
@option(
    "--sign-every",
    type=WholeNumber(0, 525_600),
    default=0,
    show_default=True,
    metavar="MINUTES",
    help="Sign the log's head at the start and every so often; 1440 is once a day, and 0 never.",
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
@option("--volunteer", callback=as_text, metavar="VOLUNTEER", help="With the role volunteer: who it is.")
@option("--community", callback=as_text, metavar="COMMUNITY", help="With the role coordinator: of which one.")
@option(
    "--actor",
    callback=as_text,
    metavar="ACTOR",
    help="Of all other roles: who acts. [default: stf_ and the role]",
)
@option(
    "--days",
    type=WholeNumber(1, 31),
    default=1,
    show_default=True,
    metavar="N",
    help="For how long it is good.",
)
@tool("tokens.issue_token")
def issue() -> None:
    """Print a token for somebody.

    It is signed with the key in the file that TIMEBANK_TOKEN_KEY names, or in token-key.pem beside an embedded ledger,
    which is made if it is not there.
    """


@token.command()
@tool("tokens.show_key")
def key() -> None:
    """Print the public key, with which others can verify the tokens that are issued here."""


@click.command()
@argument(
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the witness keeps its key, and what it saw last.",
)
@option(
    "--name",
    required=True,
    callback=as_text,
    metavar="NAME",
    help="Its name among witnesses, such as example.org/witness.",
)
@option(
    "--ledger",
    "ledgers",
    multiple=True,
    type=FILES,
    metavar="FILE",
    help="What `timebank audit key` printed of a ledger to watch; as often as there are some.",
)
@option("--show-key", is_flag=True, help="Print the witness's public key, and end.")
@listening(8_600)
@does("witness.witness")
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

"""What the commands about serving, and about who may call, are called and take."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import as_address, as_text, common, data_option, listening, option
from ledger.cli.terminal.program import InOrder

ROLES = ("volunteer", "coordinator", "auditor", "integration", "admin")
LEVELS = ("debug", "info", "warning", "error")


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
def serve(data: Path | None, at_once: tuple[str, ...], **how: Any) -> None:
    """Serve the HTTP API until Ctrl-C or SIGTERM, then finish what was begun.

    Its pages for people are at /docs. Who calls shows a token: `timebank token issue` makes one.
    """
    from ledger.cli.tools.serving import How, at_once_in, serve_ledger

    serve_ledger(data, How(**how, at_once=at_once_in(at_once)))


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
@common
def issue(data: Path | None, as_json: bool, days: int, **whom: str | None) -> None:
    """Print a token for somebody.

    It is signed with the key in the file that TIMEBANK_TOKEN_KEY names, or in token-key.pem beside an embedded ledger,
    which is made if it is not there.
    """
    from ledger.cli.tools.tokens import Whom, issue_token

    issue_token(data, Whom(**whom), timedelta(days=days), as_json=as_json)  # type: ignore[arg-type]


@token.command()
@common
def key(data: Path | None, as_json: bool) -> None:
    """Print the public key, with which others can verify the tokens that are issued here."""
    from ledger.cli.tools.tokens import show_key

    show_key(data, as_json=as_json)

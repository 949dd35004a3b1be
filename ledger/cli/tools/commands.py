"""What the commands are called and take. What they do is imported when one runs, so that help comes at once."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.terminal.numbers import DecimalNumber, WholeNumber
from ledger.cli.terminal.options import (
    argument,
    as_text,
    common,
    into_option,
    option,
    views_argument,
)
from ledger.cli.terminal.program import COMPLETE_VARIABLE, InOrder

SHELLS = ("bash", "zsh", "fish")


@click.command()
@option(
    "--origin", callback=as_text, metavar="CODE", help="The ledger's name among ledgers. [default: timebank]"
)
@option("--zone", callback=as_text, metavar="ZONE", help="Its one time zone. [default: Asia/Shanghai]")
@option("--policy", type=click.Choice(["standard"]), help="The rules it starts with. [default: standard]")
@common
def init(data: Path | None, as_json: bool, **wanted: str | None) -> None:
    """Begin a ledger, with a policy in force for all time.

    Where one is open already nothing changes, but a store that an older release wrote is brought up to date.
    """
    from ledger.cli.tools.init import init as run

    run(data, wanted, as_json=as_json)


@click.group(cls=InOrder)
def projections() -> None:
    """Look after the views, which are folded from the log."""


@projections.command("list")
@into_option
@common
def list_views(data: Path | None, into: str | None, as_json: bool) -> None:
    """Where each view stands, the ledger's own and those that are followed, and how many facts it lags behind."""
    from ledger.cli.tools.views import list_views as run

    run(data, into, as_json=as_json)


@projections.command()
@views_argument
@into_option
@option("--once", is_flag=True, help="Take in what there is by now, and end.")
@option(
    "--poll",
    type=DecimalNumber(min=0.01, max=3_600),
    default=1.0,
    metavar="SECONDS",
    help="How often to look for new facts. [default: 1]",
)
@common
def follow(views: tuple[str, ...], data: Path | None, as_json: bool, **how: Any) -> None:
    """Keep views in a database of their own, beside the process that writes.

    It goes on until Ctrl-C or SIGTERM, and takes up where it was, however it ended. With --json it prints a line for
    each view whenever that has moved or broken. The exit code is 1 if no view is left that could go on, or with
    --once if one broke.
    """
    from ledger.cli.tools.following import How, follow_views

    follow_views(data, views, How(**how), as_json=as_json)


@projections.command()
@views_argument
@common
def rebuild(views: tuple[str, ...], data: Path | None, as_json: bool) -> None:
    """Make views anew from the log."""
    from ledger.cli.tools.views import rebuild_views

    rebuild_views(data, views, as_json=as_json)


@projections.command()
@common
def check(data: Path | None, as_json: bool) -> None:
    """Replay the log and hold every view against it; the exit code is 1 if one differs."""
    from ledger.cli.tools.views import check_views

    check_views(data, as_json=as_json)


@click.command()
@option("--files", is_flag=True, help="A small county instead, whose office's files are taken in.")
@option("--volunteers", type=WholeNumber(300, 1_000_000), default=10_759, show_default=True, metavar="N")
@option("--activities", type=WholeNumber(1, 100_000), default=600, show_default=True, metavar="N")
@option("--seed", type=WholeNumber(0, 2**31), default=2026, show_default=True, metavar="N", help="Of chance.")
@option("--no-serve", is_flag=True, help="End after the tour, and serve no API.")
@option(
    "--port",
    type=WholeNumber(1, 65_535),
    metavar="PORT",
    help="Where to serve it. [default: 8000, or another that is free]",
)
@common
def demo(
    data: Path | None, as_json: bool, files: bool, no_serve: bool, port: int | None, **sizes: int
) -> None:
    """Let a year of a made-up county happen in a fresh folder, look at it, and serve it until Ctrl-C.

    The folder is a new temporary one, or that of --data, which must be new or empty. The same sizes and seed give
    the same log. With --files or --json nothing is served.
    """
    if files:
        from ledger.cli.tools.demo_files import demo_files

        demo_files(data, as_json=as_json)
    else:
        from ledger.cli.tools.demo_year import Sizes, demo_year

        shown = demo_year(data, Sizes(**sizes), as_json=as_json)
        if not (as_json or no_serve):
            from ledger.cli.tools.demo_serving import serve_demo

            serve_demo(shown, port)


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

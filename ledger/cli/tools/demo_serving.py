"""The end of the demo: its ledger is served, for three callers with tokens of their own."""

import shlex
import socket
import sys
from datetime import timedelta

from ledger.bootstrap import open_for_reading
from ledger.cli.acts.meant import meant
from ledger.cli.terminal import output
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.stage import heading
from ledger.cli.tools.demo_year import PERIOD, Shown
from ledger.cli.tools.serving import How, is_free, refuse_taken, serve_place
from ledger.cli.tools.tokens import Whom, token_for

_A_DAY = timedelta(days=1)
_PREFERRED_PORT = 8000


def serve_demo(shown: Shown, port: int | None) -> None:
    """Print addresses, tokens and commands that work as they are printed, then serve until Ctrl-C."""
    place = settings(shown.folder)
    # What is warned of matters to nobody who looks at a made-up county.
    how = How(port=port or _port(), log_level="error")
    refuse_taken(how)
    with open_for_reading(place) as ledger:
        callers = {
            f"the volunteer {shown.volunteer}": Whom("volunteer", volunteer=shown.volunteer),
            f"a coordinator of {shown.town}": Whom("coordinator", community=shown.town),
            "an auditor": Whom("auditor"),
        }
        tokens = {who: token_for(place, ledger, whom, _A_DAY) for who, whom in callers.items()}
        with ledger.reading(ledger.views.communities) as (connection, _):
            town = meant(ledger, connection, "community", shown.town)
    address = f"http://{how.host}:{how.port}"
    output.line()
    heading("4. The API that a portal asks")
    for who, token in tokens.items():
        output.line(f"# the token of {who}, for a day", "dim")
        output.line(token)
    output.line()
    paths = (
        ("their own balance", "/volunteers/me/balance"),
        ("what the town contributed", f"/communities/{town}/contributions?period={PERIOD}"),
        ("who served most", f"/leaderboards/volunteers?period={PERIOD}&limit=5"),
    )
    for (who, token), (what, path) in zip(tokens.items(), paths, strict=True):
        output.line(f"# {who} asks: {what}", "dim")
        bearer = f"Authorization: Bearer {token}"
        output.line(shlex.join(["curl", "-s", "-H", bearer, f"{address}/api/v1{path}"]))
    output.line()
    sys.stdout.flush()
    serve_place(place, how)


def _port() -> int:
    """The usual port, or one that is free."""
    if is_free("127.0.0.1", _PREFERRED_PORT):
        return _PREFERRED_PORT
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])

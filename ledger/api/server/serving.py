"""What is served, and how: by granian's processes, each of which begins with `served`."""

import contextlib
import tempfile
from collections.abc import Callable, Generator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ledger.hosting.processes import Address, run
from ledger.hosting.unexpected import tell_in_log
from ledger.settings import Settings

# By name: this process only looks after the others, and to read the application in takes a third of a second.
_FACTORY = "ledger.api.server.served:served_app"


class Served(Struct, frozen=True, kw_only=True):
    """What is served, and how: pages of `origins` may ask from within a browser.

    The head is signed as it begins and every so many minutes, or never where that is 0. `at_once` tells of some
    actors how many of their requests are answered at a time. Figures are told at `metrics`, host and port, or else
    beside everything; those of several processes are added up in `metrics_folder`.
    """

    settings: Settings
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    read_only: bool = False
    log_level: str = "info"
    origins: tuple[str, ...] = ()
    sign_every: int = 0
    at_once: Mapping[str, int] = {}
    metrics: tuple[str, int] | None = None
    metrics_folder: str = ""


def serve(served: Served, listening: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what was begun; `listening` is called once somebody would answer."""
    tell_in_log(served.log_level)
    address = Address(host=served.host, port=served.port, workers=served.workers)
    with _counting_together(served) as counted:
        run(_FACTORY, address, counted, listening)


@contextlib.contextmanager
def _counting_together(served: Served) -> Generator[Served]:
    """What is served, with a folder for the figures of several processes, which is gone at the end."""
    if served.workers == 1:
        yield served
        return
    with tempfile.TemporaryDirectory(prefix="timebank-metrics-") as folder:
        yield replace(served, metrics_folder=folder)

"""What is served, and how: by granian's processes, each of which begins with `served`."""

import contextlib
import re
import tempfile
from collections.abc import Callable, Generator, Iterable, Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ledger.api.server.origins import is_origin
from ledger.domain.ids import ActorId
from ledger.hosting.processes import Address, NotServed, refuse_taken, run
from ledger.hosting.unexpected import tell_in_log
from ledger.settings import Settings

# By name: this process only looks after the others, and to read the application in takes a third of a second.
_FACTORY = "ledger.api.server.served:served_app"
_NUMBER = re.compile("[1-9][0-9]{0,4}")


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


def refuse_unservable(served: Served) -> None:
    """Raise NotServed for what cannot be served as it is asked for."""
    if served.settings.ledger.startswith("sqlite") and served.workers > 1 and not served.read_only:
        one_writer = (
            "an embedded ledger has one writer; several workers go with PostgreSQL or --read-only",
            "嵌入式账本只有一个写入进程；多个进程须使用 PostgreSQL 或 --read-only",
        )
        raise NotServed(*one_writer, code="one-writer", field="workers")
    for origin in served.origins:
        if not is_origin(origin):
            raise NotServed(
                f"{origin} is no origin, which is a scheme, a host in lower case and perhaps a port",
                f"{origin} 不是来源，应写作协议、小写主机名，以及可选的端口",
                code="no-origin",
                field="origins",
            )
    if served.sign_every and served.read_only:
        raise NotServed(
            "a server that only reads signs nothing",
            "只读的服务不签署检查点",
            code="signs-nothing",
            field="sign_every",
        )
    refuse_taken((served.host, served.port), served.metrics)


def at_once_in(words: Iterable[str]) -> dict[str, int]:
    """How many requests of some actors are answered at a time, as `stf_portal=2000` says of one; raises NotServed."""
    found: dict[str, int] = {}
    for word in words:
        actor, _, number = word.partition("=")
        try:
            msgspec.convert(actor, ActorId)
        except msgspec.ValidationError:
            number = ""
        if not _NUMBER.fullmatch(number) or actor in found:
            raise NotServed(
                f"{word} does not say of an actor how many requests, 1 to 99999; each is named once",
                f"{word} 没有写明经办人及其请求数（1 至 99999），每个经办人只填写一次",
                code="not-at-once",
                field="at_once",
            )
        found[actor] = int(number)
    return found


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

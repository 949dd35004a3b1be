"""What Prometheus may scrape: requests, commands, commits, and how far views lag behind."""

import os
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_KEPT_BYTES = {"histogram": 8 << 20, "counter": 1 << 20}
"""Of each kind of figures in a shared folder: twice what all routes take with every status that they answer."""
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_STATUSES = frozenset(status.value for status in HTTPStatus)
_OTHER = "other"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

Lags = Callable[[], Mapping[str, float]]
"""How many facts each view has not taken in yet, not a number where nobody can say; nothing without a store."""


def known_method(method: str) -> str:
    """A request's method, or `other`: whoever calls may invent as many as they like."""
    return method if method in _METHODS else _OTHER


class Metrics:
    """The figures of one process, or of all that share a folder; no label names a person or a path."""

    def __init__(self, *, public: bool = True, folder: str = "") -> None:
        """Begin to count.

        Figures that are not `public` are told at an address of their own. With a `folder`, which must be there, the
        processes that count in it answer for each other.
        """
        self.public = public
        if folder:
            _share(Path(folder))
        counted = CollectorRegistry()
        self._requests = Histogram(
            "timebank_request_seconds",
            "How long requests took.",
            ("route", "method", "status"),
            buckets=_SECONDS,
            registry=counted,
        )
        self._answered: dict[tuple[str, str, int], Histogram] = {}
        self._commands = Counter(
            "timebank_commands",
            "Commands by what became of them.",
            ("command", "outcome"),
            registry=counted,
        )
        self._commits = Histogram(
            "timebank_commit_commands",
            "How many commands shared a commit.",
            buckets=_SIZES,
            registry=counted,
        )
        self._told = CollectorRegistry() if folder else counted
        if folder:
            MultiProcessCollector(self._told, folder)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        asked = route, method, status
        counted = self._answered.get(asked)
        if counted is None:
            said = str(status) if status in _STATUSES else _OTHER
            counted = self._requests.labels(route, known_method(method), said)
            if said is not _OTHER and known_method(method) == method:
                # As many as there are figures: whoever calls may invent methods.
                self._answered[asked] = counted
        counted.observe(seconds)

    def decided(self, command: str, outcome: str) -> None:
        """Count a command: recorded, replayed, failed, or the code of its refusal."""
        self._commands.labels(command, outcome).inc()

    def committed(self, commands: int, _facts: object = None) -> None:
        """Count a commit by how many commands it held."""
        self._commits.observe(commands)

    def ask_for_lags(self, lags: Lags) -> None:
        """Have `lags` called at each scrape, on whichever thread makes it."""
        self._told.register(_LagOfViews(lags))

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._told)


class _LagOfViews(Collector):
    def __init__(self, lags: Lags) -> None:
        self._lags = lags

    def describe(self) -> Iterator[GaugeMetricFamily]:
        # Without this, whoever registers it would ask for the figures at once.
        yield self._family()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = self._family()
        for view, events in self._lags().items():
            family.add_metric([view], events)
        yield family

    def _family(self) -> GaugeMetricFamily:
        return GaugeMetricFamily(
            "timebank_view_lag_events", "How many facts a view has not taken in yet.", labels=["view"]
        )


def _share(folder: Path) -> None:
    """Have this process count in files of its own in a folder."""
    for kind, size in _KEPT_BYTES.items():
        with (folder / f"{kind}_{os.getpid()}.db").open("ab") as file:
            # Written to by way of memory: without room on the disk the process would be ended by a signal.
            os.posix_fallocate(file.fileno(), 0, size)
    os.environ[_FOLDER] = str(folder)
    # Chosen when the library was imported, before anybody could say where the folder is.
    values.ValueClass = values.get_value_class()

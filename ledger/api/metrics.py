"""What Prometheus may scrape: requests, commands, commits, and how far views lag behind."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


class Metrics:
    """The figures of one process; no label names a person or a path."""

    def __init__(self) -> None:
        """Begin to count."""
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "timebank_request_seconds",
            "How long requests took.",
            ("route", "method", "status"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._commands = Counter(
            "timebank_commands",
            "Commands by what became of them.",
            ("command", "outcome"),
            registry=self._registry,
        )
        self._commits = Histogram(
            "timebank_commit_commands",
            "How many commands shared a commit.",
            buckets=_SIZES,
            registry=self._registry,
        )
        self._lag = Gauge(
            "timebank_view_lag_events",
            "How many facts a view has not taken in yet.",
            ("view",),
            registry=self._registry,
        )

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(route, method, str(status)).observe(seconds)

    def decided(self, command: str, outcome: str) -> None:
        """Count a command: recorded, replayed, failed, or the code of its refusal."""
        self._commands.labels(command, outcome).inc()

    def committed(self, commands: int, _facts: object = None) -> None:
        """Count a commit by how many commands it held."""
        self._commits.observe(commands)

    def lags(self, view: str, events: float) -> None:
        """Tell how far behind a view is; not a number if nobody can say."""
        self._lag.labels(view).set(events)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)

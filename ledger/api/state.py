"""What the application carries from request to request."""

from typing import Any, NamedTuple

from ledger.api.server.metrics import Metrics
from ledger.api.server.shared import Shared
from ledger.api.tokens import Verifier
from ledger.bootstrap import Ledger
from ledger.hosting.fair_queue import Turns
from ledger.hosting.readiness import Readiness, Ready
from ledger.operations.quick.balances import QuickBalances
from ledger.operations.quick.memory import Memory
from ledger.operations.quick.short import ShortAnswers

_THREADS = 4
"""How many questions are answered at once, beside a costly one and a batch: the loop's own threads are a few more."""


class Api(NamedTuple):
    """The open ledger that is served, who may come in, what is counted, and where callers take turns.

    They do for what is read on `threads`, one at a time for what is `costly`, and one at a time for `batches`.
    A database that is not embedded `asks_elsewhere`: others are let on meanwhile.
    """

    ledger: Ledger
    verifier: Verifier
    metrics: Metrics
    read_only: bool
    balances: QuickBalances
    memory: Memory
    short: ShortAnswers
    threads: Turns
    costly: Turns
    batches: Turns
    ready: Shared[Ready]
    figures: Shared[bytes]
    asks_elsewhere: bool

    def close(self) -> None:
        """Let go of what was opened for it; the ledger stays open."""
        self.balances.close()
        self.memory.close()
        self.short.close()
        self.ready.close()
        self.figures.close()


def open_api(ledger: Ledger, verifier: Verifier, metrics: Metrics, *, read_only: bool = False) -> Api:
    """The state of an application over a ledger."""
    readiness = Readiness(ledger, read_only=read_only)
    metrics.ask_for_lags(readiness.lags)
    memory = Memory(ledger)
    return Api(
        ledger,
        verifier,
        metrics,
        read_only,
        QuickBalances(ledger),
        memory,
        ShortAnswers(ledger, memory),
        threads=Turns(_THREADS),
        costly=Turns(),
        batches=Turns(),
        ready=Shared(readiness.told),
        figures=Shared(metrics.text),
        asks_elsewhere=not ledger.log.store.embedded,
    )


def api_of(app: Any) -> Api:
    """The state of a Litestar application that `create_app` made."""
    return app.state.api

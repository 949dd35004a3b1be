"""What the application carries from request to request."""

from typing import Any, NamedTuple

from ledger.api.metrics import Metrics
from ledger.api.quick import QuickBalances
from ledger.api.tokens import Verifier
from ledger.bootstrap import Ledger


class Api(NamedTuple):
    """The open ledger that is served, who may come in, and what is counted."""

    ledger: Ledger
    verifier: Verifier
    metrics: Metrics
    read_only: bool
    balances: QuickBalances


def api_of(app: Any) -> Api:
    """The state of a Litestar application that `create_app` made."""
    return app.state.api

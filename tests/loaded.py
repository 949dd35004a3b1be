"""What contestants and programs begin with (`contest/apart.py`): the first of their processes reads it in."""

import gc

from litestar import Litestar

import tests.contest.racing
import tests.contest.served
import tests.contest.storm  # noqa: F401 - and all that comes with them
from ledger.api.openapi.document import document

# What a server makes before it answers, and is alike in all of them.
Litestar([])
document()
# Whoever looks through what stays would have a copy made of all of it.
gc.collect()
gc.freeze()

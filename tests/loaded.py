"""What contestants and programs begin with (`contest/apart.py`): the first of their processes reads it in."""

# ruff: noqa: F401 - to have them is all
# pyright: reportUnusedImport=false
import gc

from litestar import Litestar

import ledger.api.server.served
import ledger.cli.acts.asking
import ledger.cli.acts.doing
import ledger.cli.acts.recording
import ledger.cli.office.figures
import ledger.cli.office.record_commands
import ledger.cli.tools.importing
import ledger.cli.tools.serving
import ledger.cli.tools.views
import ledger.witness.served
import tests.contest.racing
import tests.contest.served
import tests.contest.storm
from ledger.api.openapi.document import document

# What a server makes before it answers, and is alike in all of them.
Litestar([])
document()
# Whoever looks through what stays would have a copy made of all of it.
gc.collect()
gc.freeze()

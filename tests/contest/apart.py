"""Processes of their own that begin with what contests need: it is loaded once, and not by each of them anew."""

from multiprocessing import get_context

CONTEXT = get_context("forkserver")
"""Its processes come of one that holds no connection, no lock and no thread, so that none inherits any."""

# Of pytest too, as each looks for the program that the first process was started with.
CONTEXT.set_forkserver_preload(["pytest", "tests.loaded"])

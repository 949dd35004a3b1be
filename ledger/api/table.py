"""Every read and every write of the API: the questions and the actions of the catalogue, at their paths."""

from ledger.api.paths import PATHS
from ledger.api.reading import Read
from ledger.api.writing import Write
from ledger.operations.catalogue import ACTIONS, QUESTIONS

READS: tuple[Read, ...] = tuple(Read(path=PATHS[one.name], operation=one) for one in QUESTIONS)
WRITES: tuple[Write, ...] = tuple(Write(path=PATHS[one.name], operation=one) for one in ACTIONS)

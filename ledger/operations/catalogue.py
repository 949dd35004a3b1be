"""Everything that can be asked and done, by subject."""

from ledger.domain.commands import Command
from ledger.domain.opening import OpenLedger
from ledger.domain.policies import AdoptPolicy
from ledger.operations.action import Action
from ledger.operations.index import SUBJECTS, declared
from ledger.operations.operation import Operation
from ledger.operations.people.persons import REPLACE_PERSON
from ledger.operations.proofs.signing import SIGN_CHECKPOINT
from ledger.operations.question import Question
from ledger.operations.several import Several

QUESTIONS: tuple[Question, ...] = tuple(one for subject in SUBJECTS for one in declared(subject, "QUESTIONS"))
ACTIONS: tuple[Action, ...] = tuple(one for subject in SUBJECTS for one in declared(subject, "ACTIONS"))
SEVERAL: tuple[Several, ...] = tuple(one for subject in SUBJECTS for one in declared(subject, "SEVERAL"))

APART: tuple[Operation, ...] = (REPLACE_PERSON, SIGN_CHECKPOINT)
"""What is neither a question nor a command: it changes the directory, or signs what is there."""

INTERNAL: frozenset[type[Command]] = frozenset({OpenLedger, AdoptPolicy})
"""Commands that nobody asks for by name: a ledger begins with them."""

"""What commands declare of their refusals is held against every refusal that any test meets."""

from typing import Any

from ledger.domain.commands import Command, Refusal
from ledger.store.deciding import OF_ANY_COMMAND, DecisionBatch


def refuse_undeclared(command: Command, refusal: Refusal) -> None:
    """Fail unless the command says that it can be refused for this reason."""
    declared = (*type(command).refusals, *OF_ANY_COMMAND)
    assert isinstance(refusal, declared), (
        f"{type(command).__name__} does not declare {type(refusal).__name__}"
    )


def watch_every_decision() -> None:
    """Let each command that any bank of this process decides be held to what it declares."""
    decided: Any = DecisionBatch._decided

    def watched(self: DecisionBatch, ask: Any, lines: Any) -> Any:
        try:
            return decided(self, ask, lines)
        except Refusal as refusal:
            refuse_undeclared(ask.command, refusal)
            raise

    DecisionBatch._decided = watched

"""How what somebody asks to be done is decided: the directory first where it tells who somebody is, then the bank."""

from collections.abc import Callable, Sequence

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.operations.registering import Submission, enlisted, settled
from ledger.operations.terms.told import label_codes
from ledger.store.deciding import Outcome

Decide = Callable[[Sequence[Ask]], Sequence[Outcome]]
"""What the bank answers to asks, or in a dry run its rehearsal."""


def outcomes_of(
    ledger: Ledger, submissions: Sequence[Submission], decide: Decide, *, dry_run: bool
) -> list[Outcome]:
    """What becomes of some submissions, in order, as their callers are told; in a dry run, what would."""
    named = any(one.person is not None for one in submissions)
    if named:
        submissions = enlisted(ledger, submissions, dry_run=dry_run)
    decided = decide([one.ask for one in submissions])
    label_codes(ledger, decided)
    outcomes = [one.discretion.outcome(outcome) for one, outcome in zip(submissions, decided, strict=True)]
    return settled(ledger, submissions, outcomes, dry_run=dry_run) if named else outcomes

"""What volunteers ask for once each, in this process: processor time of an answer, beside one plain query.

python -m benchmarks.answers [--volunteers N] [--rounds N] [--engine sqlite|postgres]
"""

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.parts import bank
from benchmarks.parts.figures import console, engines, parser, ratios, show, spread
from benchmarks.parts.places import places
from ledger.api.queries import query_of
from ledger.api.server.metrics import Metrics
from ledger.api.state import Api, open_api
from ledger.bootstrap import STAFF, Ledger, open_for_writing
from ledger.operations import answers
from ledger.operations.asking import Enquiry
from ledger.operations.callers import Caller, Role
from ledger.operations.people import profiles, volunteers
from ledger.people.directory import Volunteer, new_salt

_ANSWERS = 50
"""Of each kind in a round."""
_ASKED = {
    "statement": ("listStatementLines", b""),
    "balance as of a day": ("getBalance", b"as_of=2026-06-01"),
    "profile": ("getVolunteer", b""),
}
PLAIN = "one plain query"


def fill(ledger: Ledger, count: int) -> None:
    """Volunteers with a balance, a line and a name each."""
    bank.found(ledger.bank, count)
    people = [bank.volunteer(number) for number in range(count)]
    ledger.directory.put(
        [
            Volunteer(
                **{
                    **dict.fromkeys(Volunteer._fields, ""),
                    "volunteer": who,
                    "number": f"n{who}",
                    "name": who,
                    "salt": new_salt(),
                }
            )
            for who in people
        ]
    )


def questions(api: Api) -> dict[str, Callable[[str], object]]:
    """How each thing is asked for, of a volunteer by id: a plain query of the balance first."""
    caller, query = Caller(STAFF, Role.ADMIN), api.balances._query
    reads = {read.name: read for read in (*profiles.QUESTIONS, *volunteers.QUESTIONS)}

    def telling(name: str, parameters: bytes) -> Callable[[str], object]:
        read = reads[name]

        def tell(who: str) -> object:
            asked = Enquiry(read, {"volunteer": who}, caller, query_of(read.query, parameters), "en")
            return answers.tell(api.ledger, asked)

        return tell

    plain: dict[str, Callable[[str], object]] = {PLAIN: lambda who: query.first({"volunteer": who})}
    return plain | {what: telling(*asked) for what, asked in _ASKED.items()}


def measure(engine: str, count: int, rounds: int) -> dict[str, list[float]]:
    """Microseconds of processor time of each answer, round by round; the first round is not among them."""
    found: dict[str, list[float]] = {}
    with places(engine) as here, open_for_writing(here.empty("answers").settings, create=True) as ledger:
        fill(ledger, count)
        nobody: Any = None
        api = open_api(ledger, nobody, Metrics())
        asked = questions(api)
        for number in range(rounds + 1):
            for what, ask in asked.items():
                some = [bank.volunteer(one) for one in random.sample(range(count), _ANSWERS)]
                begun = time.process_time()
                for who in some:
                    ask(who)
                taken = (time.process_time() - begun) / _ANSWERS * 1_000_000
                if number:
                    found.setdefault(what, []).append(taken)
        api.close()
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    random.seed(1)
    options = parser(__doc__)
    options.add_argument("--volunteers", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=15)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        found = measure(engine, chosen.volunteers, chosen.rounds)
        show(
            f"{engine}: processor time of an answer, {chosen.volunteers:,} volunteers",
            ("", "µs", "× one plain query"),
            [
                (what, spread(times, 0), spread(ratios(times, found[PLAIN]), 1))
                for what, times in found.items()
            ],
        )
    console.print("The server of a database counts apart: its time is not in here.", style="dim")


if __name__ == "__main__":
    main()

"""The process that is killed: four threads record minutes and transfers, and report each receipt through a pipe.

    python -m tests.contest.victim FOLDER FIRST FIRST FIRST FIRST

What a thread asks for follows from its number and a counter alone, which starts at FIRST: so that whoever was killed
before an answer came asks the same again, under the same key.
"""

import os
import sys
import threading
from datetime import timedelta
from pathlib import Path

from ledger.bootstrap import open_for_writing
from ledger.domain.commands import Command
from ledger.settings import read_settings
from tests.small_bank import A_DAY, attest, give

THREADS = 4
PEOPLE = tuple(f"vol_thread{thread}" for thread in range(THREADS))
ACTORS = tuple(f"stf_thread{thread}" for thread in range(THREADS))

_DAYS = 1_400
_ATTEST_EVERY = 3


def request(thread: int, number: int) -> tuple[str, Command]:
    """A thread's so many-th request: its key and its command. All of them are accepted."""
    volunteer = PEOPLE[thread]
    if number % _ATTEST_EVERY == 0:
        day = A_DAY - timedelta(days=number // _ATTEST_EVERY % _DAYS)
        return f"{number}", attest(volunteer, 1, day, f"rec_{thread}x{number}")
    receiver = PEOPLE[(thread + 1 + number % _ATTEST_EVERY) % THREADS]
    return f"{number}", give(volunteer, receiver, 1, f"tra_{thread}x{number}")


def main(folder: str, *firsts: str) -> None:
    """Work until somebody puts an end to it."""
    with open_for_writing(read_settings(Path(folder), {})) as ledger:

        def work(thread: int, number: int) -> None:
            while True:
                key, command = request(thread, number)
                position = ledger.bank.handle(command, by=ACTORS[thread], key=key).position
                # One write of few bytes is never torn.
                os.write(1, f"{thread} {number} {position}\n".encode())
                number += 1

        threads = [
            threading.Thread(target=work, args=(thread, int(first))) for thread, first in enumerate(firsts)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()


if __name__ == "__main__":
    main(*sys.argv[1:])

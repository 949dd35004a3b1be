"""The process that goes on writing while backups are made: it registers volunteers, and reports each through a pipe.

python -m tests.contest.registrar LEDGER_URL DIRECTORY_URL
"""

import os
import sys
import threading
from datetime import date

from ledger.bootstrap import open_for_writing
from ledger.domain.ids import new_id
from ledger.domain.volunteers import RegisterVolunteer
from ledger.people.directory import Volunteer, new_salt
from ledger.people.enlisting import enlist
from ledger.settings import Settings
from tests.small_bank import STAFF, TOWN

THREADS = 3


def main(ledger_url: str, directory_url: str) -> None:
    """Work until somebody puts an end to it."""
    with open_for_writing(Settings(ledger_url, directory_url)) as ledger:

        def work() -> None:
            while True:
                one = Volunteer(volunteer := new_id("vol"), volunteer, "张三", "", "", "", new_salt())
                enlist(ledger.directory.put, [one], {}, ledger.registered)
                command = RegisterVolunteer(volunteer=volunteer, community=TOWN, day=date(2026, 1, 1))
                position = ledger.bank.handle(command, by=STAFF).position
                # One write of few bytes is never torn.
                os.write(1, f"{volunteer} {position}\n".encode())

        threads = [threading.Thread(target=work) for _ in range(THREADS)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()


if __name__ == "__main__":
    main(*sys.argv[1:])

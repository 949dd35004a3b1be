"""A village in which volunteers did things to each other, and what an answer tells of whom."""

import base64
import re
from datetime import date, timedelta
from typing import Any

from httpx import Response

from ledger.application import Ask
from ledger.bootstrap import Ledger
from ledger.domain.commands import Command, Refusal
from ledger.domain.credits import TransferCredits
from ledger.domain.posts import TakePost
from ledger.domain.redemptions import CancelRedemption, PlaceRedemption
from ledger.domain.service import ApproveService, ReverseService
from ledger.domain.training import CompleteTraining
from ledger.domain.volunteers import RegisterVolunteer, WithdrawVolunteer
from ledger.operations.proofs.signing import signed_head
from ledger.people.directory import Volunteer, new_salt
from tests.api.village import A_DAY, ANN, BOB, DAN, EVE, FAY, LONG_AGO, TEA, VALLEY
from tests.small_bank import attest, report

GUS, IVY = "vol_gus", "vol_ivy"
"""Gus has withdrawn, and Ivy was erased."""
NAMES = {ANN: "王秀兰", BOB: "欧阳秀兰", EVE: "Eve Lee", DAN: "王兰", FAY: "赵六", GUS: "钱七", IVY: "孙八"}
NUMBERS = {
    ANN: "QH0001",
    BOB: "QH0002",
    EVE: "QH0003",
    DAN: "QH0004",
    FAY: "QH0005",
    GUS: "QH0006",
    IVY: "QH0007",
}
LATER = date(2026, 3, 2)
ROUND = ((ANN, BOB, DAN), (BOB, EVE, ANN), (EVE, DAN, BOB), (DAN, ANN, EVE))
"""Each with who reports what they do, and with who decides on it."""

_ID = re.compile(r"vol_[a-z0-9]{3,32}")


def spread(ledger: Ledger) -> None:
    """Let volunteers give each other credits, and see to each other's affairs."""
    ledger.directory.put(
        [Volunteer(who, number, NAMES[who], "", "", "", new_salt()) for who, number in NUMBERS.items()]
    )
    outcomes = ledger.bank.handle_many(
        [
            *(
                Ask(RegisterVolunteer(volunteer=one, community=VALLEY, day=LONG_AGO), DAN)
                for one in (GUS, IVY)
            ),
            Ask(attest(GUS, 45, A_DAY, "rec_gus"), DAN),
            Ask(WithdrawVolunteer(volunteer=GUS, day=LATER), DAN),
            *_gifts(),
            *(ask for who, other, third in ROUND for ask in _lives(who, other, third)),
        ]
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, Refusal)] == []
    ledger.directory.erase(IVY)
    signed_head(ledger)


def _gifts() -> list[Ask]:
    around = ((DAN, ANN), (DAN, BOB), (DAN, EVE), (ANN, DAN))
    return [
        Ask(TransferCredits(transfer=f"tra_{giver[4:]}{to[4:]}", giver=giver, receiver=to, minutes=40), giver)
        for giver, to in around
    ]


def _lives(who: str, other: str, third: str) -> list[Ask]:
    """Somebody's records, redemptions, post and training, all of them by others."""
    name = who[4:]
    training = CompleteTraining(
        training=f"trn_{name}2",
        volunteer=who,
        name="急救",
        content="心肺复苏",
        minutes=60,
        organiser="县红十字会",
        day=LATER,
    )
    doings: tuple[tuple[Command, str], ...] = (
        (report(who, 30, f"rec_{name}told", LATER), other),
        (ApproveService(record=f"rec_{name}told"), third),
        (attest(who, 15, LATER + timedelta(days=1), f"rec_{name}back"), other),
        (ReverseService(record=f"rec_{name}back", reason="mistake"), third),
        (report(who, 20, f"rec_{name}open", LATER), other),
        (PlaceRedemption(redemption=f"red_{name}held", offer=TEA, volunteer=who), other),
        (PlaceRedemption(redemption=f"red_{name}gone", offer=TEA, volunteer=who), other),
        (CancelRedemption(redemption=f"red_{name}gone", reason="mistake"), third),
        (TakePost(tenure=f"ten_{name}2", volunteer=who, community=VALLEY, post="liaison", day=LATER), other),
        (training, other),
    )
    return [Ask(command, by) for command, by in doings]


def told_of(response: Response) -> set[str]:
    """The ids of volunteers that a response holds, in its headers, its body and its cursors."""
    text = "\n".join([*response.headers.values(), response.text])
    if response.headers.get("content-type", "").endswith("json"):
        text += "\n".join(cursors(response.json()))
    return set(_ID.findall(text))


def cursors(value: Any) -> list[str]:
    """What the cursors of an answer say, to whom can read them."""
    match value:
        case dict():
            own = value.get("next_cursor")
            found = [base64.urlsafe_b64decode(own + "=" * (-len(own) % 4)).decode("latin-1")] if own else []
            return [*found, *(one for inner in value.values() for one in cursors(inner))]
        case list():
            return [one for inner in value for one in cursors(inner)]
        case _:
            return []

"""What is malformed is refused with its field and a reason, alone or among others, before it can poison anything."""

import pytest

from ledger.application import Ask, TimeBank
from ledger.domain.commands import Command, InvalidInput
from ledger.domain.communities import EstablishCommunity
from ledger.domain.events import Level
from tests.small_bank import ANN, BOB, STAFF, TOWN, attest, give, kinds


def named(name: str) -> EstablishCommunity:
    return EstablishCommunity(community="com_new", name=name, level=Level.COUNTY)


MALFORMED: dict[str, tuple[Command, str]] = {
    "2^63 minutes": (give(ANN, BOB, 2**63), "minutes"),
    "2^64 minutes": (give(ANN, BOB, 2**64), "minutes"),
    "10^5000 minutes": (give(ANN, BOB, 10**5000), "minutes"),
    "no minutes": (give(ANN, BOB, 0), "minutes"),
    "minutes below zero": (give(ANN, BOB, -1), "minutes"),
    "minutes as text": (give(ANN, BOB, "5"), "minutes"),  # type: ignore[arg-type]
    "minutes as a float": (give(ANN, BOB, 1.5), "minutes"),  # type: ignore[arg-type]
    "minutes that are no number": (give(ANN, BOB, float("nan")), "minutes"),  # type: ignore[arg-type]
    "minutes that are true": (give(ANN, BOB, True), "minutes"),
    "an object": (give(ANN, BOB, object()), "command"),  # type: ignore[arg-type]
    "NUL": (named("胶州\x00市"), "name"),
    "a line feed": (named("胶州\n"), "name"),
    "bidi": (named("胶州\u202e市"), "name"),
    "a lone surrogate": (named("胶州\ud800"), "name"),
    "too long": (named("市" * 201), "name"),
    "empty": (named(""), "name"),
    "blank": (named("\u3000 "), "name"),
    "an id in capitals": (give("vol_ANN", BOB, 1), "giver"),
    "an id of another kind": (give(ANN, "com_bob", 1), "receiver"),
    "an id with a line feed": (give(ANN, BOB, 1, "tra_one\n"), "transfer"),
    "an id with a lone surrogate": (give(ANN, "vol_\udc80bob", 1), "receiver"),
    "no id": (give("", BOB, 1), "giver"),
    "too many minutes of a day": (attest(ANN, 1_441), "days[0].minutes"),
}
ENVELOPES: dict[str, tuple[dict[str, str], str]] = {
    "nobody": ({"by": ""}, "by"),
    "a community as actor": ({"by": TOWN}, "by"),
    "an actor with NUL": ({"by": "stf_a\x00bc"}, "by"),
    "a tag with NUL": ({"once": "external:office/\x00"}, "once"),
    "a tag with a lone surrogate": ({"once": "external:office/\ud800"}, "once"),
    "an empty tag": ({"once": ""}, "once"),
    "a long tag": ({"once": "x" * 201}, "once"),
    "a fingerprint that is none": ({"fingerprint": "abc"}, "fingerprint"),
    "a file name as batch": ({"batch": "roster of Wang Fang.csv"}, "batch"),
}


@pytest.mark.parametrize(("command", "field"), MALFORMED.values(), ids=MALFORMED.keys())
def test_a_command_is_refused_with_its_field_and_harms_nobody(bank: TimeBank, command: Command, field: str):
    with pytest.raises(InvalidInput) as alone:
        bank.handle(command, by=STAFF, key="k1")
    assert alone.value.details["field"] == field
    assert refused_among_others(bank, Ask(command, STAFF, once="k1"), field) == alone.value.details


@pytest.mark.parametrize(("change", "field"), ENVELOPES.values(), ids=ENVELOPES.keys())
def test_an_envelope_is_refused_with_its_field_and_harms_nobody(
    bank: TimeBank, change: dict[str, str], field: str
):
    assert refused_among_others(bank, Ask(give(ANN, BOB, 1), STAFF)._replace(**change), field)


def refused_among_others(bank: TimeBank, ask: Ask, field: str) -> dict[str, str | int]:
    before, refusal, after = bank.handle_many(
        [Ask(give(ANN, BOB, 1), STAFF), ask, Ask(give(ANN, BOB, 2), STAFF)]
    )
    assert kinds([before, after]) == ["Receipt", "Receipt"]
    assert isinstance(refusal, InvalidInput)
    assert refusal.details["field"] == field
    assert refusal.details["reason"]
    return refusal.details

"""Credits that change hands at the counter."""

import pytest

from tests.cli.conftest import ANN, BOB, Counter


@pytest.fixture
def rich(counter: Counter) -> Counter:
    """Ann has an hour."""
    counter.attest(ANN, 60)
    return counter


def credits(counter: Counter, volunteer: str) -> int:
    return int(counter.told("balance", volunteer)["credit_minutes"])


def test_credits_are_given_donated_and_granted(rich: Counter):
    rich.told("transfer", ANN, BOB, 20)
    rich.told("donate", ANN, "荷塘村", 15)
    fact = rich.fact("grant", "荷塘村", BOB, 10)
    assert (fact["type"], fact["minutes"]) == ("credits-granted", 10)
    assert (credits(rich, ANN), credits(rich, BOB)) == (25, 30)


def test_what_is_not_there_is_refused_in_words(rich: Counter):
    for words in (("transfer", BOB, ANN, 1), ("donate", ANN, "荷塘村", 61), ("grant", "荷塘村", BOB, 1)):
        error = rich.refused(*words)
        assert error["code"] == "not-enough-credits"
    assert "are wanted" in rich.run("transfer", BOB, ANN, 1).stderr


def test_a_refusal_names_people_by_their_numbers(rich: Counter):
    rich.told("volunteer", "suspend", BOB, "--reason", "complaint")
    error = rich.refused("transfer", ANN, BOB, 1)
    assert error["message"].startswith(f"{BOB} (vol_")
    assert error["volunteer"].startswith("vol_")


def test_a_refusal_speaks_the_terminal_s_language(rich: Counter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    error = rich.refused("transfer", ANN, BOB, 90)
    assert (error["code"], error["message"]) == (
        "not-enough-credits",
        "余额不足：可用 1小时，需要 1小时30分。",
    )


def test_a_dry_run_records_nothing(rich: Counter):
    for words in (("transfer", ANN, BOB, 1), ("donate", ANN, "荷塘村", 1)):
        assert len(rich.dry(*words)["events"]) == 1
    assert credits(rich, ANN) == 60


def test_a_key_gives_once(rich: Counter):
    for replayed in (False, True):
        assert rich.told("donate", ANN, "荷塘村", 5, "--key", "a").get("replayed", False) is replayed
    assert credits(rich, ANN) == 55
    assert rich.refused("donate", ANN, "荷塘村", 6, "--key", "a")["code"] == "key-reused"


def test_which_of_two_people_is_unknown_is_told(rich: Counter):
    assert "GIVER" in rich.refused("transfer", "QH9", BOB, 1, code=2)["message"]
    assert "RECEIVER" in rich.refused("transfer", ANN, "QH9", 1, code=2)["message"]
    assert "--by" in rich.refused("transfer", ANN, BOB, 1, "--by", "me", code=2)["message"]

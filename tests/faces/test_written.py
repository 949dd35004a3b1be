"""Days, months, periods and durations are read alike at every door, and refused in the same words."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledger.domain import written
from tests.api.village import ANN, BOB, NUMBERS
from tests.cli.conftest import run
from tests.faces.conftest import DOORS, Asked, Door, opening

DAYS = [
    "2026-11-30",
    "20261130",
    "2026/11/30",
    "2026.11.30",
    "2026年11月30日",
    "2026年11月30号",
    "２０２６／１１／３０",
]
MONTHS = ["2026-02", "2026年2月", "2026年02月份", "２０２６年２月"]
PERIODS = ["2026-Q1", "2026Q1", "2026年第一季度", "2026年1季度", "2026年Q1"]
DURATIONS = ["90分", "90分钟", "1小时30分", "1.5小时", "1小时半", "1:30", "1h30", "1h 30m", "90 min"]
DURATIONS += ["９０分钟"]
NO_DAYS = ["2026-02-30", "昨天", "11/5", "²0261105"]
NO_DURATIONS = ["1.5分钟", "半天", "1:60", "1时30分"]
NO_MONTHS = ["soon", "2026-13", "2026年上半年", "2026-Q5"]

ANN_S, BOB_S = NUMBERS[ANN], NUMBERS[BOB]
DAY = {"day": "2026-11-30", "minutes": 90}
EARLIER = "2026-11-29"
"""Nobody serves more than 24 hours a day."""
HEADERS = "记录编号,活动名称,活动日期,活动地点,服务内容,志愿者编号,服务时长（小时）,组织单位"


class Doors(NamedTuple):
    """One village at either door, where nothing is recorded; and another to which an office sends its files."""

    http: Door
    counter: Door
    office: Door

    def sent(self, day: str, duration: str) -> dict[str, Any]:
        """What became of a row with a day and a duration."""
        file, name = self.office.folder / "hours.csv", _called(day, duration)
        file.write_text(f"{HEADERS}\n{name},{name},{day},社区,走访,{BOB_S},{duration},社区\n", "utf-8")
        result = run("import", "hours", file, "--source", "office", "--json", "--data", self.office.folder)
        return dict(json.loads(result.stdout))

    def recorded(self, day: str, duration: str) -> list[Any]:
        """The days, with the minutes, of the records that came of such a row."""
        self.sent(day, duration)
        name = _called(day, duration)
        listed = self.office.ask(Asked("/service-records", {}, ("record", "list")))
        return [one["days"] for one in listed.document["items"] if one["activity_name"] == name]


def _called(day: str, duration: str) -> str:
    """The number and the activity of a row, which no other has."""
    return f"{day} {duration}".encode().hex()


@pytest.fixture(scope="module")
def doors(built: tuple[Path, datetime], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    folder = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as patched, opening(built, folder, patched) as opened:
        (folder / "files").mkdir()
        with opening(built, folder / "files", patched) as opened_for_files:
            yield Doors(opened("http"), opened("counter"), opened_for_files("counter"))


def served(day: str, minutes: str | int = 90) -> Asked:
    return Asked(
        "/service-records",
        {
            "service": {"volunteer": f"number:{BOB_S}", "activity": "合唱排练"},
            "days": [{"day": day, "minutes": minutes}],
        },
        ("record", "report", BOB_S, "--activity", "合唱排练", "--day", day, "--minutes", minutes),
    )


def refused_alike(doors: Doors, asked: Asked, field: str, words: written.Told, *, acts: bool = True) -> None:
    """Either door names the field, and says what is taken there in the same words."""
    told = doors.http.do(asked, dry=True) if acts else doors.http.ask(asked)
    typed = doors.counter.do(asked)
    # What a path names is not there.
    assert told.code == typed.code == ("not-found" if field == "month" else "invalid-request")
    [fault] = told.document["errors"]
    assert fault["detail"] == words[0]
    assert (fault.get("parameter") or fault["pointer"]).endswith(field)
    assert typed.document["message"].endswith(words[0])
    assert ("--day" if field == "on" else field) in typed.document["message"].lower()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_at_either_door(doors: Doors, door: str, text: str):
    asked: Door = getattr(doors, door)
    assert asked.do(served(text), dry=True).fact["days"] == [DAY]
    on, plain = (Asked("/posts", {"on": one}, ("post", "list", "--day", one)) for one in (text, DAYS[0]))
    assert asked.ask(on).document == asked.ask(plain).document


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_in_a_file(doors: Doors, text: str):
    assert doors.recorded(text, "1.5") == [[DAY]]


@pytest.mark.parametrize("door", DOORS)
def test_a_request_is_the_same_under_its_key_however_its_day_is_written(doors: Doors, door: str):
    """What is compared is what was understood."""
    asked: Door = getattr(doors, door)
    first, *others = (asked.do(served(text), "form-1").document["events"] for text in DAYS)
    assert others == [first] * len(others)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_refused_in_the_same_words_at_every_door(doors: Doors, text: str):
    refused_alike(doors, served(text), "day", written.DAY)
    on = Asked("/posts", {"on": text}, ("post", "list", "--day", text))
    refused_alike(doors, on, "on", written.DAY, acts=False)
    [row] = doors.sent(text, "1.5")["problems"]
    assert (row["column"], row["reason"]) == ("活动日期", written.DAY[0])


@pytest.mark.parametrize("text", DURATIONS)
def test_a_duration_is_read_wherever_text_is_taken(doors: Doors, text: str):
    assert doors.counter.do(served(DAYS[0], text), dry=True).fact["days"] == [DAY]
    assert doors.recorded(EARLIER, text) == [[{**DAY, "day": EARLIER}]]


def test_a_number_alone_is_of_minutes_at_the_counter_and_of_hours_in_a_file(doors: Doors):
    assert doors.counter.do(served(DAYS[0], "2"), dry=True).fact["days"] == [{**DAY, "minutes": 2}]
    assert doors.recorded(EARLIER, "2") == [[{"day": EARLIER, "minutes": 120}]]


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_what_is_no_duration_is_refused_in_the_same_words(doors: Doors, text: str):
    told = doors.counter.do(served(DAYS[0], text))
    assert told.code == "invalid-request"
    assert "--minutes" in told.document["message"]
    assert told.document["message"].endswith(written.MINUTES[0])
    [row] = doors.sent(DAYS[0], text)["problems"]
    assert (row["column"], row["reason"].partition(";")[0]) == ("服务时长（小时）", written.MINUTES[0])


@pytest.mark.parametrize("text", [*DURATIONS, "90"])
def test_minutes_over_http_are_a_whole_number(doors: Doors, text: str):
    assert doors.http.do(served(DAYS[0], text), dry=True).code == "invalid-request"


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("text", MONTHS)
def test_a_month_is_read_at_either_door(doors: Doors, door: str, text: str):
    asked: Door = getattr(doors, door)
    closed = asked.do(Asked(f"/periods/{text}/closure", {}, ("period", "close", text)), dry=True)
    assert closed.fact["month"] == "2026-02"


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("text", PERIODS)
def test_a_period_is_read_at_either_door(doors: Doors, door: str, text: str):
    asked: Door = getattr(doors, door)
    one, plain = (
        Asked("/report", {"period": name}, ("report", "--period", name)) for name in (text, PERIODS[0])
    )
    assert asked.ask(one).document == asked.ask(plain).document
    assert asked.ask(one).document["period"] == "2026-Q1"


@pytest.mark.parametrize("text", NO_MONTHS)
def test_what_is_no_period_and_no_month_is_refused_in_the_same_words(doors: Doors, text: str):
    asked = Asked("/report", {"period": text}, ("report", "--period", text))
    refused_alike(doors, asked, "period", written.PERIOD, acts=False)
    asked = Asked(f"/periods/{text}/report", {}, ("period", "report", text))
    refused_alike(doors, asked, "month", written.MONTH, acts=False)
    asked = Asked(f"/periods/{text}/closure", {}, ("period", "close", text))
    refused_alike(doors, asked, "month", written.MONTH)


@pytest.mark.parametrize(
    "text", ["2026年12月20日 9点半", "2026-12-20 9:30", "20261220 09：30", "2026/12/20 9点30分"]
)
def test_an_instant_is_read_at_the_counter(doors: Doors, text: str):
    shift = ("shift", "publish", "合唱排练", "--begins", text, "--ends", "11点", "--places", "guide=1")
    fact = doors.counter.do(Asked("", {}, shift), dry=True).fact
    assert (fact["begins"], fact["ends"]) == ("2026-12-20T01:30:00.000000Z", "2026-12-20T03:00:00.000000Z")

"""Writes the small county that `timebank demo` takes in, and what a right import of it yields.

Nobody in it exists. Run it as `python tests/cli/make_demo_county.py`: the same seed writes the same files. What is
expected is counted here, from what each row was made to be, and not by reading the files as the ledger does.
"""

import csv
import io
import json
import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

FOLDER = Path(__file__).parents[2] / "ledger" / "demo" / "county"
EXPECTED = Path(__file__).parent / "demo_county_expected.json"
SEED = 20250301

COUNTY = "青禾县"
# 荷塘村 is there twice, as such names are: it must be named by its town, or by its id.
VILLAGES = {
    "柳溪镇": ("柳溪社区", "上柳村", "下柳村", "荷塘村"),
    "石桥镇": ("石桥社区", "东桥村", "西桥村", "磨坊村"),
    "云岭街道": ("云岭社区", "书院社区", "北坡村", "荷塘村"),
}
HEADQUARTERS = "青禾县科技志愿服务总队"
TEAMS = (
    (HEADQUARTERS, "", ""),
    ("柳溪镇支队", HEADQUARTERS, "柳溪镇"),
    ("石桥镇支队", HEADQUARTERS, "石桥镇"),
    ("云岭街道支队", HEADQUARTERS, "云岭街道"),
    ("柳溪镇农技分队", "柳溪镇支队", "柳溪镇"),
    ("石桥镇健康分队", "石桥镇支队", "石桥镇"),
    ("云岭街道教育分队", "云岭街道支队", "云岭街道"),
    ("智能手机培训队", HEADQUARTERS, ""),
    ("科学蜂巢讲师队", HEADQUARTERS, ""),
)
PROGRAMMES = {"科学风车": "科普讲座", "科学蜂巢": "田间课堂", "智能手机培训": "银龄课堂", "健康义诊": "义诊"}
IN_CHARGE = {"柳溪镇": "季向晚", "石桥镇": "池远山", "云岭街道": "闻听雨"}
SURNAMES = "穆章云池柏桑沐季岑闻郁龚"
GIVEN = ("青禾", "小满", "望舒", "知秋", "思齐", "立夏", "䶮", "松年", "采薇", "云开")
MINUTES = (30, 45, 60, 90, 90, 120, 120, 150, 180, 240)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

ROSTER_HEADER = [
    *("序号", "姓名", "性别", "志愿者编号", "手机号码"),
    *("所属镇街", "所属村（社区）", "服务队", "注册日期", "备注"),
]
HOURS_HEADER = [
    *("记录编号", "活动名称", "活动日期", "活动地点", "服务内容", "志愿者编号"),
    *("姓名", "服务时长（小时）", "组织单位", "负责人", "品牌"),
]

RECORDED, UNCHANGED, CONFLICT = "recorded", "unchanged", "conflict"
ACTIVITIES = 40
PEOPLE = 60

Row = list[str]


class Person(NamedTuple):
    number: str
    name: str
    town: str
    village: str
    team: str


class Served(NamedTuple):
    """A row of hours, and what is to become of it: recorded, unchanged, conflict, or the field it is refused for."""

    cells: Row
    verdict: str
    person: Person | None = None
    day: date = date.min
    minutes: int = 0


class County:
    """The rows of the roster and of the hours, and what they come to."""

    def __init__(self) -> None:
        self.dice = random.Random(SEED)
        self.people = self._people()
        self.roster = self._roster()
        self.hours = self._good_hours()
        self._sprinkle()

    def _people(self) -> list[Person]:
        names = [surname + given for surname in SURNAMES for given in GIVEN]
        self.dice.shuffle(names)
        villages = [(town, village) for town, some in VILLAGES.items() for village in some]
        people: list[Person] = []
        for index, name in enumerate(names[:PEOPLE]):
            town, village = villages[index % len(villages)]
            team = self.dice.choice([team for team, _, home in TEAMS[1:] if home in (town, "")])
            last = index == PEOPLE - 1
            number = f"QH2025{index + 1:06}"
            people.append(
                Person(number, name, town, "" if last else village, "" if index % 20 == 19 else team)
            )
        return people

    def _roster(self) -> list[Row]:
        rows = [self._roster_row(index, person) for index, person in enumerate(self.people)]
        rows.append([*rows[3]])
        rows.append([rows[11][0], f" {rows[11][1]} ", *rows[11][2:]])
        rows.append([*rows[5][:7], "", *rows[5][8:]])
        rows.append(["61", "闻笛", "女", "QH2025000061", "", "石桥镇", "望海村", "", "2025-01-05", ""])
        return rows

    def _roster_row(self, index: int, person: Person) -> Row:
        number = person.number.translate(FULL_WIDTH) if index % 9 == 4 else person.number
        phone = f"100{self.dice.randrange(10**8):08}"
        joined = self._written(date(2019, 1, 1) + timedelta(days=self.dice.randrange(2_000)))
        sex, remark = self.dice.choice("男女"), "党员" if index % 15 == 7 else ""
        home = [person.town, person.village, person.team]
        return [str(index + 1), person.name, sex, number, phone, *home, joined, remark]

    def _good_hours(self) -> list[Served]:
        keen = self.people[16]
        rows: list[Served] = []
        for step in range(ACTIVITIES):
            day = date(2025, 2, 15) + timedelta(days=7 * step + self.dice.randrange(5))
            activity = self._activity(step + 1)
            for person in {**dict.fromkeys(self.dice.sample(self.people, 6)), keen: None}:
                rows.append(
                    self._good(person, day, 240 if person is keen else self.dice.choice(MINUTES), activity)
                )
        return rows

    def _activity(self, step: int) -> Row:
        programme = self.dice.choice(list(PROGRAMMES))
        town = self.dice.choice(list(VILLAGES))
        place = self.dice.choice([*VILLAGES[town], f"{town}科普馆"])
        name = f"{programme}走进{place}第{step}场"
        return [name, place, PROGRAMMES[programme], f"{town}科协", IN_CHARGE[town], programme]

    def _good(self, person: Person, day: date, minutes: int, activity: Row) -> Served:
        cells = self._cells(person, self._written(day), self._spelt(minutes), activity)
        return Served(cells, RECORDED, person, day, minutes)

    def _cells(self, person: Person, day: str, minutes: str, activity: Row) -> Row:
        name, place, content, unit, in_charge, programme = activity
        who = [person.number, person.name]
        return ["", name, day, place, content, *who, minutes, unit, in_charge, programme]

    def _sprinkle(self) -> None:
        """Put among the good rows those that are not; then number the records."""
        whom, full = self.people[2], date(2025, 11, 30)
        activity = self._activity(ACTIVITIES + 1)
        self.hours.append(self._good(whom, full, 1_380, activity))
        self.hours.append(Served(self._cells(whom, "2025年11月30日", "90分钟", activity), "minutes"))
        for place, (person, day, minutes, field) in zip(range(7, 300, 31), self._faults(), strict=False):
            activity = [
                *self.hours[place].cells[1:2],
                *self.hours[place].cells[3:5],
                *self.hours[place].cells[8:],
            ]
            self.hours.insert(place, Served(self._cells(person, day, minutes, activity), field))
        for number, row in enumerate(self.hours, 1):
            row.cells[0] = f"QH-2025-{number:04}"
        for place, first in ((60, 12), (110, 75), (111, 76), (190, 3), (240, 200)):
            assert self.hours[first].verdict == RECORDED
            self.hours.insert(place, Served([*self.hours[first].cells], UNCHANGED))
        for place, first in ((150, 40), (280, 133)):
            assert self.hours[first].verdict == RECORDED
            cells = [*self.hours[first].cells]
            cells[7] = "9"
            self.hours.insert(place, Served(cells, CONFLICT))

    def _faults(self) -> list[tuple[Person, str, str, str]]:
        stranger = Person("QH2025000099", "章外人", "", "", "")
        refused = Person("QH2025000061", "闻笛", "", "", "")
        return [
            (stranger, "2025-05-06", "2", "volunteer"),
            (self.people[8], "2025-02-30", "1.5", "date"),
            (self.people[9], "去年春天", "2小时", "date"),
            (self.people[10], "2099-01-01", "2", "date"),
            (self.people[12], "2025.6.7", "半天", "minutes"),
            (self.people[13], "2025-06-08", "0", "minutes"),
            (self.people[14], "2025-06-08", "25小时", "minutes"),
            (refused, "2025/6/9", "１.５", "volunteer"),
        ]

    def _written(self, day: date) -> str:
        return self.dice.choice(
            [
                day.isoformat(),
                f"{day.year}.{day.month}.{day.day}",
                f"{day.year}/{day.month:02}/{day.day:02}",
                f"{day.year}年{day.month}月{day.day}日",
            ]
        )

    def _spelt(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        spelt = [f"{minutes}分钟", f"{hours}小时{rest}分" if rest and hours else f"{minutes}分钟"]
        if rest in (0, 30):
            decimal = f"{minutes / 60:g}"
            spelt += [decimal, decimal, decimal.translate(FULL_WIDTH)]
        return self.dice.choice(spelt)

    def expected(self) -> dict[str, Any]:
        """What a right import of all four files comes to."""
        by = {name: Counter[str]() for name in ("number", "village", "town", "team", "programme", "quarter")}
        for row in self.hours:
            if row.person is not None:
                keys = {
                    "number": row.person.number,
                    "village": f"{row.person.town} {row.person.village}" if row.person.village else "",
                    "town": row.person.town,
                    "team": row.person.team,
                    "programme": row.cells[10],
                    "quarter": f"{row.day.year}-Q{(row.day.month + 2) // 3}",
                }
                for name, key in keys.items():
                    by[name][key] += row.minutes
        verdicts = [row.verdict for row in self.hours]
        judged = Counter(verdicts)
        numbered = list(enumerate(verdicts, 1))
        return {
            "rows": len(self.hours),
            "recorded": judged[RECORDED],
            "unchanged": judged[UNCHANGED],
            "conflict": [number for number, verdict in numbered if verdict == CONFLICT],
            "refused": [pair for pair in numbered if pair[1] not in (RECORDED, UNCHANGED, CONFLICT)],
            "volunteers": len(self.people),
            "service_minutes_total": sum(by["town"].values()),
            **{
                f"minutes_by_{name}": {key: some[key] for key in sorted(some) if key}
                for name, some in by.items()
            },
        }


def write(county: County, folder: Path) -> None:
    """Write the four files."""
    folder.mkdir(exist_ok=True)
    tree = [[COUNTY, "", "区县"]]
    for town, villages in VILLAGES.items():
        tree += [[town, COUNTY, "镇街"], *([village, town, "村社区"] for village in villages)]
    _workbook(folder / "communities.xlsx", [["名称", "上级", "层级"], *tree])
    _workbook(folder / "teams.xlsx", [["服务队名称", "上级服务队", "所属镇街"], *map(list, TEAMS)])
    above = [["青禾县科技志愿者花名册（2025年）"], ["注：所有数字请调整为文字格式"]]
    _workbook(
        folder / "roster.xlsx", [*above, ROSTER_HEADER, *county.roster, [], ["以上为截至2025年12月31日数据"]]
    )
    (folder / "hours.csv").write_bytes(_hours(county).encode("gb18030"))


def _workbook(path: Path, rows: list[Row]) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2025, 12, 31)})  # noqa: DTZ001 - a workbook knows no zone
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(place, column, text)


def _hours(county: County) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["青禾县志愿服务时长补录表（2025年）", *[""] * 10])
    writer.writerow(HOURS_HEADER)
    writer.writerows(row.cells for row in county.hours)
    writer.writerow(["填表人：青禾县科协综合科", *[""] * 10])
    return out.getvalue()


if __name__ == "__main__":
    made = County()
    write(made, FOLDER)
    EXPECTED.write_text(json.dumps(made.expected(), ensure_ascii=False, indent=1) + "\n", "utf-8")

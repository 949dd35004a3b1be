"""Made-up counties: the four files as an office would send them, with everything that offices get wrong."""

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

from tests.reference import FILES, Cells, Grid, Tables, expected_of

TODAY = date(2026, 11, 21)
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")

HEADERS = {
    "communities": ["名称", "上级", "层级"],
    "teams": ["服务队名称", "上级服务队", "所属镇街"],
    "roster": [
        *("序号", "姓名", "性别", "志愿者编号", "手机号码"),
        *("所属镇街", "所属村（社区）", "服务队", "注册日期", "备注"),
    ],
    "hours": [
        *("记录编号", "活动名称", "活动日期", "活动地点", "服务内容", "志愿者编号", "姓名"),
        *("服务时长（小时）", "组织单位", "负责人", "品牌"),
    ],
}
ABOVE: dict[str, list[Cells]] = {
    "communities": [],
    "teams": [],
    "roster": [["某縣科技志願者花名冊（2026年）"], ["注：所有数字请调整为文字格式"]],
    "hours": [["某縣志願服務時長補錄表"]],
}
BELOW = {"communities": "", "teams": "", "roster": "以上为截至2026年10月31日数据", "hours": "填表人：综合科"}
BRANDS = ["科学风车", "银龄科普课堂", "科学蜂巢", "五个一百", ""]
CONTENTS = ["展品讲解", "防诈骗宣传", "田间课堂", "义诊咨询"]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈𠮷", "伟芳娜敏静秀英丽强磊洋艳勇杰娟涛明超兰霞平刚桂"
# How a record number that was used comes again with something else, by column.
CHANGES = {
    2: "2026-01-01",
    3: "别处",
    4: "其他",
    5: "SD000000000001",
    7: "半天",
    8: "别的单位",
    9: "别人",
    10: "新",
}
BAD_DATES = ["去年", "", "2026-02-30", "2099-01-01", "2026年13月1日", "0000-01-01", "2026-11-22", "20260931"]
BAD_MINUTES = [
    "半天",
    "",
    "1,5",
    "0",
    "-2",
    "25",
    "1441分钟",
    "9223372036854775808",
    "1.333",
    "2小时左右",
    "１．５分钟",
]
BAD_NUMBERS = ["SD999999999999", "", "未编号"]


@dataclass(frozen=True)
class Size:
    towns: int
    villages: int
    squads: int
    volunteers: int
    activities: int
    most_at_one: int


SIZES = {
    "small": Size(towns=3, villages=4, squads=3, volunteers=120, activities=24, most_at_one=24),
    "full": Size(towns=12, villages=17, squads=49, volunteers=10_759, activities=520, most_at_one=52),
}


@dataclass
class Office:
    """Makes up one county, always the same for one seed."""

    size: Size
    rng: random.Random
    places: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    teams: list[str] = field(default_factory=list[str])
    numbers: list[str] = field(default_factory=list[str])
    names: dict[str, str] = field(default_factory=dict[str, str])

    def tables(self) -> Tables:
        return {
            "communities": self.communities(),
            "teams": self.make_teams(),
            "roster": self.roster(),
            "hours": self.hours(),
        }

    def communities(self) -> Grid:
        towns = [f"第{number}镇" for number in range(1, self.size.towns + 1)]
        rows = [[town, "某县", "镇街"] for town in towns]
        for town in towns:
            # Every town has a 中心村, and a village that is called as the town is.
            names = [f"{town}{number}村" for number in range(1, self.size.villages - 1)] + ["中心村", town]
            rows += [[name, town, "村社区"] for name in names]
            self.places += [(town, name) for name in [*names, ""]]
        rows += [list(self.rng.choice(rows)) for _ in range(3)]
        rows += [["第1镇1村", "第1镇", "镇街"], ["孤村", "无此镇", "村社区"], ["片区", "某县", "片区"]]
        rows += [["自己村", "自己村", "村社区"], ["甲村", "乙镇", "村社区"], ["乙镇", "甲村", "镇街"]]
        # Parents stand below their children as well as above them.
        self.rng.shuffle(rows)
        return [["某县", "", "区县"], *rows, ["另一县", "", "区县"]]

    def make_teams(self) -> Grid:
        towns = sorted({town for town, _ in self.places})
        rows = [[f"{town}支队", "总队", town] for town in towns]
        rows += [[f"{town}{kind}分队", f"{town}支队", town] for town in towns for kind in ("农业", "健康")]
        rows += [[f"专业队{number:02}", "总队", ""] for number in range(1, self.size.squads + 1)]
        self.teams = [row[0] for row in rows] + [""]
        rows += [list(self.rng.choice(rows)) for _ in range(2)]
        rows += [["孤队", "无此队", ""], ["错队", "总队", "无此镇"], ["自己队", "自己队", ""]]
        self.rng.shuffle(rows)
        return [["总队", "", ""], *rows, [f"{towns[0]}支队", "总队", towns[1]]]

    def roster(self) -> Grid:
        rows = [self.volunteer(number) for number in range(1, self.size.volunteers + 1)]
        self.numbers = [row[3] for row in rows]
        for row in self.rng.sample(rows, k=12):
            again = list(row)
            again[8] = again[8].translate(FULL_WIDTH)
            self.after(rows, row, again)
        for column, text in ((4, "10000000000"), (6, "别村"), (8, "去年"), (1, "另一人")):
            self.after(rows, row := self.rng.choice(rows), [*row[:column], text, *row[column + 1 :]])
        for column, text in (
            (1, ""),
            (3, ""),
            (5, "无此镇"),
            (6, "无此村"),
            (7, "无此队"),
            (8, "2027.1.1"),
            (8, ""),
        ):
            right = self.volunteer(len(self.numbers) + column * 10 + len(text))
            wrong = [*right[:column], text, *right[column + 1 :]]
            self.numbers.append(right[3])
            rows.insert(self.rng.randrange(len(rows)), wrong)
            if self.rng.random() < 0.5:
                self.after(rows, wrong, right)
        for row in self.rng.sample(rows, k=8):
            row[3] = row[3].translate(FULL_WIDTH)
        return self.with_notes(rows)

    def volunteer(self, serial: int) -> Cells:
        town, village = self.rng.choice(self.places)
        # Some share a name and a phone.
        name = (
            "王芳" if serial % 20 == 0 else self.rng.choice(SURNAMES) + "".join(self.rng.sample(GIVEN, k=2))
        )
        phone = "10012345678" if serial % 20 == 0 else f"100{serial:08}"
        joined = self.day_said(date(2020, 1, 1) + timedelta(days=self.rng.randrange(2_000)))
        number, team = f"SD{serial * 7919 % 10**8:08}", self.rng.choice(self.teams)
        self.names[number] = name
        return [str(serial), name, self.rng.choice("男女"), number, phone, town, village, team, joined, ""]

    def hours(self) -> Grid:
        rows: Grid = []
        for activity in range(self.size.activities):
            rows += self.activity(activity)
        rows += self.long_days()
        for number, row in enumerate(rows, 1):
            row[0] = f"JZ2026-{number:06}"
        for row in self.rng.sample(rows, k=len(rows) // 8):
            self.spoil(rows, row)
        return self.with_notes(rows)

    def activity(self, number: int) -> Grid:
        rng = self.rng
        day = TODAY - timedelta(days=rng.choice([0, rng.randrange(60, 80), rng.randrange(400)]))
        town, village = rng.choice(self.places)
        place = rng.choice([village or town, village or town, "市民广场"])
        brand = rng.choice(BRANDS)
        told = [f"{brand}进{place}，第{number}场", f'"{brand}", 第{number}场'][number % 5 == 0]
        who = rng.sample(self.numbers, k=rng.randint(self.size.most_at_one // 2, self.size.most_at_one))
        content, unit, head = rng.choice(CONTENTS), f"{town}科协", rng.choice(SURNAMES) + "会长"
        return [
            [
                "",
                told,
                self.day_said(day),
                place,
                content,
                one,
                self.names[one],
                self.minutes_said(),
                unit,
                head,
                brand,
            ]
            for one in who
        ]

    def long_days(self) -> Grid:
        """Days that fill up, and volunteers who get as far as three stars."""
        rows: Grid = []
        for count, volunteer in zip((1, 3, 6, 16, 31), self.rng.sample(self.numbers, k=5), strict=True):
            for offset in range(count):
                day = self.day_said(date(2026, 3, 1) + timedelta(days=offset))
                rows += [
                    [
                        "",
                        "值守",
                        day,
                        "市民广场",
                        "值守",
                        volunteer,
                        self.names[volunteer],
                        said,
                        "科协",
                        "",
                        "",
                    ]
                    for said in ("10小时", "590分钟", "4.5", "4", "10分钟")
                ]
        return rows

    def spoil(self, rows: Grid, row: Cells) -> None:
        """Say a row twice, or otherwise than before, or wrong and then right."""
        rng = self.rng
        kind = rng.randrange(4)
        if kind == 0:
            self.after(rows, row, [*row[:6], "别名", *row[7:]])
        elif kind == 1:
            column = rng.choice(list(CHANGES))
            self.after(rows, row, [*row[:column], CHANGES[column], *row[column + 1 :]])
        else:
            column, texts = rng.choice([(2, BAD_DATES), (5, BAD_NUMBERS), (7, BAD_MINUTES)])
            right = list(row)
            row[column] = rng.choice(texts)
            if kind == 3:
                self.after(rows, row, right)
                self.after(rows, right, list(right))

    def after(self, rows: Grid, row: Cells, later: Cells) -> None:
        """Put a row somewhere below another."""
        at = next(index for index, one in enumerate(rows) if one is row)
        rows.insert(self.rng.randint(at + 1, min(len(rows), at + 1_500)), later)

    def with_notes(self, rows: Grid) -> Grid:
        width = len(rows[0])
        for cells in (["小计"], [""], ["\u3000"]):
            rows.insert(self.rng.randrange(len(rows)), cells + [""] * (width - 1))
        return rows

    def day_said(self, day: date) -> str:
        said = self.rng.choice(
            ["{0:04}-{1:02}-{2:02}", "{0}.{1}.{2}", "{0}/{1:02}/{2:02}", "{0}年{1}月{2}日"]
        )
        return self.widened(said.format(day.year, day.month, day.day))

    def minutes_said(self) -> str:
        minutes = self.rng.choice([15, 30, 45, 60, 90, 120, 150, 180, 240])
        hours, rest = divmod(minutes, 60)
        styles = [str((Decimal(minutes) / 60).normalize()), f"{minutes}分钟"]
        if hours:
            styles.append(f"{hours}小时{rest}分" if rest else f"{hours}小时")
        return self.widened(self.rng.choice(styles))

    def widened(self, text: str) -> str:
        return text.translate(FULL_WIDTH) if self.rng.random() < 0.05 else text


def make_county(
    folder: Path,
    seed: int,
    *,
    size: Literal["small", "full"] = "small",
    encoding: str = "gb18030",
    today: date = TODAY,
) -> dict[str, Any]:
    """Write a county's four files into a folder; what a right import of them on a day yields."""
    office = Office(SIZES[size], random.Random(seed))
    tables = office.tables()
    for kind in ("communities", "teams", "roster"):
        _write_workbook(folder / FILES[kind], [*ABOVE[kind], HEADERS[kind], *tables[kind], [BELOW[kind]]])
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (
        [*ABOVE["hours"][0], *[""] * 10],
        HEADERS["hours"],
        *tables["hours"],
        [BELOW["hours"], *[""] * 10],
    ):
        writer.writerow(row)
    (folder / FILES["hours"]).write_bytes(text.getvalue().encode(encoding))
    return expected_of(tables, today, random.Random(seed).sample(office.numbers, k=12))


def _write_workbook(path: Path, rows: Grid) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)

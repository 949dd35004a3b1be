"""What is wrong is said in the caller's language, in words for people."""

import re
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta, Struct

from ledger.api.problems import catalogue
from ledger.domain import written
from ledger.domain.events import Level
from ledger.domain.ids import CommunityId
from ledger.domain.instants import Instant
from ledger.domain.text import Code, ExternalId, Label, Tag
from ledger.operations.callers import Role
from ledger.operations.refused import refusals
from ledger.operations.words.advice import advice
from ledger.operations.words.titles import TITLES_ZH
from ledger.operations.words.validation import lacking_or_unknown, worded
from tests.api.conftest import Call, Client, problem
from tests.api.village import ANN, BOB, SINGERS, VALLEY
from tests.api.village_places import CHOIR, COMING

pytestmark = pytest.mark.databases("sqlite")

ZH = {"Accept-Language": "zh-CN"}
CHINESE = re.compile("[\u4e00-\u9fff]")
GIFT = {"giver": ANN, "receiver": BOB, "minutes": 10}


class Held(Struct, forbid_unknown_fields=True):
    held: int


WHOLE, TEN = Annotated[int, Meta(ge=1, le=10)], Annotated[str, Meta(min_length=2, max_length=3)]
FEW = Annotated[tuple[int, ...], Meta(min_length=1, max_length=2)]
UNFIT = "this is too long, of the wrong form, or holds characters that cannot be seen"
NO_TERM = (
    "nothing is called so: the list of terms tells what there is,"
    " and a new code is small letters, digits and hyphens"
)
CODE = "a code is up to 40 lower-case letters, digits and dashes, and begins with a letter, as in first-aid"
NO_WORD = "this is none of the words that are taken here; the API's documentation lists them"
FORMS: tuple[tuple[Any, str, str, str], ...] = (
    (int, '"1"', "a whole number is wanted here, and not text", "应为整数，而不是文本"),
    (int, "1.5", "a whole number is wanted here, and not a number that is not whole", "应为整数，而不是小数"),
    (int | None, "[]", "a whole number or null is wanted here, and not a list", "应为整数或null，而不是列表"),
    (bool, "1", "true or false is wanted here, and not a whole number", "应为true 或 false，而不是整数"),
    (str, "null", "text is wanted here, and not null", "应为文本，而不是null"),
    (Held, "true", "an object is wanted here, and not true or false", "应为对象，而不是true 或 false"),
    (date, "5", "a day is wanted here, and not a whole number", "应为日期，而不是整数"),
    (Instant, "[]", "an instant is wanted here, and not a list", "应为时间，而不是列表"),
    (WHOLE, "0", "at least 1 is wanted", "不能小于 1"),
    (WHOLE, "11", "at most 10 is taken", "不能大于 10"),
    (TEN, '"a"', "at least 2 characters are wanted", "至少需要 2 个字符"),
    (TEN, '"abcd"', "at most 3 characters are taken", "最多 3 个字符"),
    (FEW, "[]", "at least 1 items are wanted", "至少需要 1 项"),
    (FEW, "[1,2,3]", "at most 2 items are taken", "最多 2 项"),
    (Held, "{}", "this is missing", "缺少此项"),
    (Held, '{"held": 1, "more": 2}', "nothing is called so here", "此处没有这一项"),
    (date, '"5 March"', *written.DAY),
    (
        Instant,
        '"noon"',
        "an instant is written 2026-09-05T09:00:00+08:00",
        "时间应写作 2026-09-05T09:00:00+08:00",
    ),
    (
        Instant,
        '"2026-09-05T09:00:00"',
        "an instant has its offset from UTC, as in 2026-09-05T09:00:00+08:00",
        "时间须带时区，如 2026-09-05T09:00:00+08:00",
    ),
    (Level, '"moon"', NO_WORD, "不在可选值之列，可选值见 API 文档"),
    (Literal["all"], '"some"', NO_WORD, "不在可选值之列，可选值见 API 文档"),
    (int, "1e400", "this number is too large or too small", "数值超出范围"),
    (
        Code,
        '"讲解员"',
        CODE,
        "应为代码：小写字母开头，由小写字母、数字和连字符组成，最多 40 个字符，如 first-aid",
    ),
    (Label, '""', "this is 1 to 200 visible characters", "须为 1 至 200 个可见字符"),
    (ExternalId, '""', "this is 1 to 100 visible characters", "须为 1 至 100 个可见字符"),
    (CommunityId, '"石桥镇"', "an id of this kind begins with com_", "应为以 com_ 开头的编号"),
    (Tag, '""', UNFIT, "过长、格式不正确或含有不可见字符"),
)


@pytest.mark.parametrize(("kind", "given", "en", "zh"), FORMS)
def test_each_form_of_a_message_is_told_in_both_languages(kind: Any, given: str, en: str, zh: str):
    with pytest.raises(msgspec.ValidationError) as invalid:
        msgspec.json.decode(given, type=kind)
    message = str(invalid.value)
    assert worded(message) == worded(message.replace("`", "")) == (en, zh)


def test_a_message_that_nobody_foresaw_is_told_without_its_own_words():
    assert worded("Something new about `x`") == (UNFIT, "过长、格式不正确或含有不可见字符")
    assert lacking_or_unknown("Expected `int`, got `str`") is None


@pytest.mark.parametrize(
    ("body", "pointer", "en", "zh"),
    [
        (GIFT | {"minutes": 0}, "/minutes", "at least 1 is wanted", "不能小于 1"),
        (GIFT | {"a/b~c": 5}, "/a~1b~0c", "nothing is called so here", "此处没有这一项"),
        ({"giver": ANN, "receiver": BOB}, "/minutes", "this is missing", "缺少此项"),
    ],
)
def test_a_field_that_is_wrong_is_told_in_one_language(
    admin: Client, body: Any, pointer: str, en: str, zh: str
):
    cases: tuple[tuple[dict[str, str], str, str], ...] = (({}, en, ": "), (ZH, zh, "："))
    for headers, reason, colon in cases:
        told = admin.post("/transfers", body, headers=headers).json()
        assert told["errors"] == [{"detail": reason, "pointer": pointer}]
        assert told["detail"] == f"{pointer}{colon}{reason}"


def test_a_field_given_twice_is_told_in_both_languages(client: Any, admin: Client):
    content = b'{"giver": "vol_ann", "receiver": "vol_bob", "minutes": 1, "minutes": 2}'
    headers = {**admin._headers, "Content-Type": "application/json"}
    cases: tuple[tuple[dict[str, str], str], ...] = (
        ({}, "minutes is given twice"),
        (ZH, "minutes 重复出现"),
    )
    for more, reason in cases:
        told = client.post("/api/v1/transfers", content=content, headers={**headers, **more}).json()
        assert told["errors"] == [{"detail": reason, "pointer": ""}]


@pytest.mark.parametrize(
    ("query", "parameter", "en", "zh"),
    [
        ("limit=201", "limit", "at most 200 is taken", "不能大于 200"),
        ("limit=x", "limit", "a whole number is wanted here, and not text", "应为整数，而不是文本"),
        ("page=2", "page", "nothing is called so here", "此处没有这一项"),
        ("on=today", "on", *written.DAY),
        ("on=null", "on", "null is no value", "null 不是有效取值"),
        ("limit=1&limit=2", "limit", "it is given twice", "重复出现"),
        ("community=%00", "community", "it holds a NUL", "含有空字符 NUL"),
        ("cursor=x", "cursor", "it came from no page of this very list", "并非出自该列表"),
    ],
)
def test_a_parameter_is_told_by_its_own_name(admin: Client, query: str, parameter: str, en: str, zh: str):
    cases: tuple[tuple[dict[str, str], str, str], ...] = (({}, en, ": "), (ZH, zh, "："))
    for headers, reason, colon in cases:
        answer = admin._client.get(f"/api/v1/offers?{query}", headers={**admin._headers, **headers})
        assert problem(answer) == (422, "invalid-request")
        assert answer.json()["errors"] == [{"detail": reason, "parameter": parameter}]
        assert answer.json()["detail"] == f"{parameter}{colon}{reason}"


def test_a_parameter_of_a_write_is_told_by_its_own_name(admin: Client):
    told_off = (admin.post("/transfers", GIFT, dry_run="1"), admin.post("/transfers", GIFT, dryrun="true"))
    for refused, name in zip(told_off, ("dry_run", "dryrun"), strict=True):
        assert problem(refused) == (422, "invalid-request")
        assert refused.json()["errors"][0]["parameter"] == name


def test_what_is_no_code_is_told_what_one_looks_like(admin: Client):
    body = {"volunteer": BOB, "place": {"team": SINGERS, "role": "大管家"}}
    told = admin.post("/assignments", body).json()
    assert (told["code"], told["errors"]) == (
        "invalid-request",
        [{"detail": NO_TERM, "pointer": "/place/role"}],
    )


def test_an_id_of_a_path_that_cannot_be_one_is_told_in_both_languages(admin: Client):
    path = "/redemptions/合唱/fulfilment"
    assert admin.post(path).json()["detail"] == f"/redemption: {UNFIT}"
    chinese = admin.post(path, headers=ZH).json()
    assert chinese["detail"] == "/redemption：过长、格式不正确或含有不可见字符"
    assert chinese["errors"] == [{"detail": "过长、格式不正确或含有不可见字符", "pointer": "/redemption"}]


def test_what_a_rule_finds_in_a_field_is_told_in_chinese(admin: Client):
    shift = {
        "activity": CHOIR,
        "begins": "2026-12-05T11:00:00+08:00",
        "ends": "2026-12-05T09:00:00+08:00",
        "roles": [{"role": "guide", "places": 1}],
    }
    told = admin.post("/shifts", shift, headers=ZH).json()
    assert (told["code"], told["title"]) == ("invalid-input", "内容填写有误")
    assert told["detail"] == "/ends：班次须在开始之后、七天之内结束"
    assert told["errors"] == [{"detail": "班次须在开始之后、七天之内结束", "pointer": "/ends"}]


@pytest.mark.parametrize(
    ("person", "pointer", "zh"),
    [
        ({"number": " "}, "/person/number", "不能为空"),
        ({"name": "x\u0000"}, "/person/name", "过长或含有不可见字符"),
    ],
)
def test_what_is_wrong_with_a_person_is_told_in_chinese(admin: Client, person: Any, pointer: str, zh: str):
    body = {"community": VALLEY, "person": {"number": "QH0042", "name": "王秀兰", **person}}
    told = admin.post("/volunteers", body, headers=ZH).json()
    assert told["errors"] == [{"detail": zh, "pointer": pointer}]


def test_a_period_that_is_none_is_told_in_chinese(admin: Client):
    told = admin.get("/leaderboards/volunteers", headers=ZH, period="May").json()
    assert told["detail"] == f"period：{written.PERIOD[1]}"


def test_who_gives_more_than_they_have_is_told_how_much_there_is(as_: Call):
    told = as_(Role.VOLUNTEER, ANN).post("/transfers", GIFT | {"minutes": 1666 * 60 + 39}, headers=ZH).json()
    assert told["detail"] == "余额不足：可用 2小时，需要 1,666小时39分。"
    assert told["title"] == "时间币余额不足"
    assert told["details"] == {"available": 120, "wanted": 1666 * 60 + 39}


def test_each_code_has_a_title_and_an_advice_of_its_own():
    kinds = catalogue().values()
    assert set(TITLES_ZH) == set(refusals())
    for said in zip(*((kind.zh, *advice(kind)) for kind in kinds), strict=True):
        assert len(set(said)) == len(kinds)
    for kind in kinds:
        assert CHINESE.search(kind.zh) is not None
        assert CHINESE.search(advice(kind)[1]) is not None
        assert CHINESE.search(kind.en + advice(kind)[0]) is None
        assert "`" not in kind.en


def test_a_role_that_a_shift_has_not_is_told_with_those_it_has(as_: Call):
    body = {"volunteer": "me", "role": "cook"}
    refused = as_(Role.VOLUNTEER, ANN).post(f"/shifts/{COMING}/sign-ups", body, headers=ZH)
    assert problem(refused) == (404, "unknown-role")
    told = refused.json()
    assert told["details"] == {"shift": COMING, "role": "cook", "roles": "volunteer"}
    assert told["detail"] == f"班次 {COMING} 没有角色 炊事员 (cook) 的名额，可选角色：志愿者 (volunteer)。"

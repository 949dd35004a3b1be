"""What is wrong with a value, as people are told it: every form of msgspec's messages, in English and in Chinese."""

import re
from typing import Any, NamedTuple

from ledger.domain import ids, written
from ledger.domain.text import Code, ExternalId, Label
from ledger.operations.typed_words import VolunteerName


class Said(NamedTuple):
    """A reason in both languages."""

    en: str
    zh: str


_UNFIT = Said(
    "this is too long, of the wrong form, or holds characters that cannot be seen",
    "过长、格式不正确或含有不可见字符",
)
_WORDS = {
    "int": Said("a whole number", "整数"),
    "float": Said("a number that is not whole", "小数"),
    "str": Said("text", "文本"),
    "bool": Said("true or false", "true 或 false"),
    "array": Said("a list", "列表"),
    "object": Said("an object", "对象"),
    "null": Said("null", "null"),
    "date": Said("a day", "日期"),
    "datetime": Said("an instant", "时间"),
}
_PARTS = {
    "str": Said("characters", "个字符"),
    "array": Said("items", "项"),
    "object": Said("fields", "项"),
}
_FORMS = (
    (
        r"Object missing required field (?P<name>.+)",
        Said("this is missing", "缺少此项"),
    ),
    (
        r"Object contains unknown field (?P<name>.+)",
        Said("nothing is called so here", "此处没有这一项"),
    ),
    (
        r"Expected (?P<parts>\w+) of length >= (?P<least>\d+)",
        Said("at least {least} {parts} are wanted", "至少需要 {least} {parts}"),
    ),
    (
        r"Expected (?P<parts>\w+) of length <= (?P<most>\d+)",
        Said("at most {most} {parts} are taken", "最多 {most} {parts}"),
    ),
    (
        r"Expected \w+ >= (?P<least>[-\d.]+)",
        Said("at least {least} is wanted", "不能小于 {least}"),
    ),
    (
        r"Expected \w+ <= (?P<most>[-\d.]+)",
        Said("at most {most} is taken", "不能大于 {most}"),
    ),
    (
        r"Expected datetime with a timezone component",
        Said(
            "an instant has its offset from UTC, as in 2026-09-05T09:00:00+08:00",
            "时间须带时区，如 2026-09-05T09:00:00+08:00",
        ),
    ),
    (
        r"Expected (?P<wanted>[\w |]+), got (?P<got>\w+)",
        Said("{wanted} is wanted here, and not {got}", "应为{wanted}，而不是{got}"),
    ),
    (
        r"Expected (?P<wanted>[\w |]+)",
        Said("{wanted} is wanted here", "应为{wanted}"),
    ),
    (
        r"Invalid (?:enum )?value .*",
        Said(
            "this is none of the words that are taken here; the API's documentation lists them",
            "不在可选值之列，可选值见 API 文档",
        ),
    ),
    (
        r"Invalid RFC3339 encoded date",
        Said(*written.DAY),
    ),
    (
        r"Invalid RFC3339 encoded datetime",
        Said("an instant is written 2026-09-05T09:00:00+08:00", "时间应写作 2026-09-05T09:00:00+08:00"),
    ),
    (
        r"(?:Integer value|Number|Timestamp) (?:is )?out of range.*",
        Said("this number is too large or too small", "数值超出范围"),
    ),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), said) for pattern, said in _FORMS)
_NAMED = re.compile("Object (?:missing required|contains unknown) field `(.+)`", re.DOTALL)
_REGEX = re.compile("Expected str matching regex (.*)", re.DOTALL)


def _pattern(kind: Any) -> str:
    return kind.__metadata__[0].pattern


def _patterns() -> dict[str, Said]:
    told = {
        _pattern(Code): Said(
            "a code is up to 40 lower-case letters, digits and dashes, and begins with a letter, as in first-aid",
            "应为代码：小写字母开头，由小写字母、数字和连字符组成，最多 40 个字符，如 first-aid",
        ),
        _pattern(Label): Said("this is 1 to 200 visible characters", "须为 1 至 200 个可见字符"),
        _pattern(ExternalId): Said("this is 1 to 100 visible characters", "须为 1 至 100 个可见字符"),
        _pattern(VolunteerName): Said(
            "a volunteer is named vol_…, number:… or me", "志愿者应写作 vol_…、number:… 或 me"
        ),
    }
    for name, kind in vars(ids).items():
        prefix = re.match(r"\^([a-z]{3}_)", _pattern(kind)) if name.endswith("Id") else None
        if prefix is not None:
            told[_pattern(kind)] = Said(
                f"an id of this kind begins with {prefix[1]}", f"应为以 {prefix[1]} 开头的编号"
            )
    return told


# msgspec shows a pattern as Python writes it.
_BY_PATTERN = {repr(pattern): said for pattern, said in _patterns().items()}


def worded(message: str) -> Said:
    """A message of msgspec, with backticks or without, as people are told it; other texts say that it is unfit."""
    plain = message.replace("`", "")
    regex = _REGEX.fullmatch(plain)
    if regex is not None:
        return _BY_PATTERN.get(regex[1], _UNFIT)
    for pattern, said in _COMPILED:
        found = pattern.fullmatch(plain)
        if found is not None:
            return Said(*(text.format(**_spoken(found, language)) for language, text in enumerate(said)))
    return _UNFIT


def lacking_or_unknown(message: str) -> str | None:
    """The name that such a message speaks of, where it is about a field that is missing or that there is not."""
    found = _NAMED.fullmatch(message)
    return None if found is None else found[1]


def _spoken(found: re.Match[str], language: int) -> dict[str, str]:
    """What a message holds, in words of a language: a place in Said."""
    told = found.groupdict()
    for name in ("wanted", "got"):
        if name in told:
            told[name] = (" or ", "或")[language].join(
                _WORDS[word][language] if word in _WORDS else word for word in told[name].split(" | ")
            )
    if "parts" in told:
        told["parts"] = _PARTS[told["parts"]][language]
    return told

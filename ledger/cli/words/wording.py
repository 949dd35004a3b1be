"""What is printed, in the language of the terminal: sentences, heads of columns, codes, durations and periods."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ledger.cli.terminal.language import filled, here, language
from ledger.operations.words.said import ZH, Said

_DURATION = re.compile(r"(-)?(?:([\d,]+) h)? ?(?:(\d+) min)?")
_OF_A_POLICY = ("policy.floor", "policy.margin", "policy.stars")
_MINUTES = ("minutes", "minutes_with_subteams", "price", "balance", "credits", *_OF_A_POLICY)
_FEN = "_fen"
_QUARTERS = {"1": "一", "2": "二", "3": "三", "4": "四"}


@cache
def _sentences() -> Mapping[str, Said]:
    # Here, and likewise below: most of what imports this prints nothing before somebody has typed a command.
    from ledger.cli.words.printed import PRINTED
    from ledger.cli.words.printed_tools import PRINTED_BY_TOOLS

    return {**PRINTED, **PRINTED_BY_TOOLS}


def printed(name: str, /, **values: object) -> str:
    """A sentence by its name, with what it speaks of."""
    return filled(_sentences()[name], **values)


def counted(count: int, thing: str) -> str:
    """`1 row`, `1,024 rows`; `1,024 行`."""
    if language() == ZH:
        from ledger.cli.words.printed import COUNTED_ZH

        return f"{count:,} {COUNTED_ZH[thing]}"
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def events_of(ledger: str, size: int, root: str) -> str:
    """How many events of a ledger have a root."""
    return printed("events_of", events=counted(size, "event"), origin=ledger, root=root)


def examined(name: str) -> str:
    """What an examination is called."""
    if language() != ZH:
        return name
    from ledger.cli.words.printed_faults import EXAMINED_ZH

    kind, _, view = name.partition(" ")
    return f"视图 {view}" if kind == "view" else EXAMINED_ZH.get(name, name)


def under_way(name: str) -> str:
    """What a bar of progress is for."""
    if language() != ZH:
        return name
    from ledger.cli.words.printed_faults import UNDER_WAY_ZH

    return UNDER_WAY_ZH.get(name, name)


def fault(told: str) -> str:
    """What an examination found, as far as words know it; in English it stands as it is told."""
    if language() != ZH:
        return told
    known = _known(told, 0) or _listed(told) or _known(told, 1)
    return known or _duration(told)


def _known(told: str, loosely: int) -> str:
    """What words know as one sentence; empty where they know none."""
    for *patterns, chinese in _faults():
        if found := patterns[loosely].fullmatch(told):
            return chinese.format(**{name: fault(text) for name, text in found.groupdict().items()})
    return ""


def _listed(told: str) -> str:
    """What words know of a list, all of whose sentences they know; empty where it is none."""
    known = [_known(one, 0) for one in told.split("; ")]
    return "；".join(known) if all(known) else ""


def _duration(told: str) -> str:
    """What is told, where it is a duration in English alone, in Chinese."""
    from ledger.domain.written import read_minutes

    if not _DURATION.fullmatch(told):
        return told
    minutes = read_minutes(told)
    return told if minutes is None else spoken(minutes)


@cache
def _faults() -> Sequence[tuple[re.Pattern[str], re.Pattern[str], str]]:
    """The English of each as it stands in one sentence, and over several; and its Chinese."""
    from ledger.cli.words.printed_faults import FAULTS, FLAWS

    return [
        (
            re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>(?:(?!; ).)+)", re.escape(english))),
            re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(english))),
            chinese,
        )
        for english, chinese in sorted((*FAULTS, *FLAWS), key=lambda one: -len(one[0]))
    ]


def field(path: str, thing: str = "") -> str:
    """What a field of an answer or a fact is called, by its path with dots; `thing` is the id of what has it."""
    if language() == ZH:
        from ledger.operations.words.heads import head_in_chinese

        return head_in_chinese(path, thing)
    # Sums are kept in fen and shown in yuan.
    return path.removesuffix(_FEN).replace(".", " ").replace("_", " ")


def head(name: str, thing: str = "") -> str:
    """What the counter writes over a column or before a fact; what is no name stands as it is."""
    from ledger.cli.words.printed_heads import HEADS

    text = here(*HEADS[name]) if name in HEADS else field(name, thing)
    return _capital(text)


def code(field: str, value: str, thing: str = "") -> str:
    """A code of a field as it is shown: in Chinese those that the ledger itself defines, and as it is elsewhere."""
    if language() != ZH:
        return value
    from ledger.operations.words.codes import code_in_chinese

    return code_in_chinese(field, value, thing) or value


def code_in_words(field: str, value: str, thing: str = "") -> str:
    """The same, with spaces between the words of a code."""
    found = code(field, value, thing)
    return found.replace("-", " ") if found == value else found


def spoken(some: int) -> str:
    """Minutes as people say them: `2 h 30 min`, `2小时30分`."""
    from ledger.domain import minutes

    return minutes.spoken(some, language())


def figure(path: str, value: int) -> str:
    """A number of a field, by its path with dots, as people read it: minutes, sums of money, and how many."""
    if path.endswith(_MINUTES):
        return spoken(value)
    if not path.endswith(_FEN):
        return f"{value:,}"
    from ledger.domain.decimals import in_yuan

    return here(f"¥{in_yuan(value)}", f"{in_yuan(value)} 元")


def signed(some: int) -> str:
    """Minutes of a movement: `+2 h`, `-30 min`."""
    return f"+{spoken(some)}" if some > 0 else spoken(some)


def period(written: str) -> str:
    """A period as people say it: `2026-Q2`, `2026年第二季度`; and a month."""
    if written == "all":
        return printed("all_time")
    if language() != ZH or not written:
        return written
    year, _, part = written.partition("-")
    if part.startswith("Q"):
        return f"{year}年第{_QUARTERS[part[1:]]}季度"
    return f"{year}年{int(part)}月" if part else f"{year}年"


def clocks(said: Mapping[str, Any]) -> str:
    """The clocks that were asked for, such as `, as of 2026-06-30, known at position 1,234`."""
    as_of, known = said.get("as_of"), said.get("known_at")
    return (printed("as_of", day=as_of) if as_of else "") + (
        printed("known_at", moment=moment(known)) if known else ""
    )


def moment(known: str) -> str:
    """What was asked to be known at: a position, a time or a day."""
    from ledger.domain.numerals import whole

    number = whole(known)
    return known if number is None else printed("position", number=number)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

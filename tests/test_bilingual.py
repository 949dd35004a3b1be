"""Every error that somebody may be told says why in English and in Chinese, and its two texts speak of the same."""

import ast
import importlib
import pickle
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import ledger
import projections
from ledger.audit.bundle_reading import BadBundle, Problem
from ledger.audit.notes import BadNote
from ledger.audit.words.notes import BAD_NOTES
from ledger.cli.words.printed_faults import UNDER_WAY_ZH
from ledger.cli.words.wording import fault, under_way
from ledger.domain.bilingual import Bilingual, of_the_decoder, of_the_system
from ledger.domain.commands import Refusal
from ledger.operations.refused import Problem as Refused
from ledger.operations.words.serving import NOT_SERVED
from ledger.operations.words.tokens import BAD_TOKENS
from ledger.store.codec import UnreadableEvent, decode
from projections.registry import Views

ROOT = Path(ledger.__file__).parents[1]
IDEOGRAPH = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
WORD = re.compile("[A-Za-z]{2,}")
NOBODY_IS_TOLD = {
    # Of receipts and proofs, whose reasons the protocols of witnesses send to other machines.
    *("BadReceipt", "WrongProof", "BadSubmission", "No"),
    # Caught where they are raised, or by the one function that calls: their texts go no further.
    *("Lacking", "NoCheckpoint", "NotCovered", "Unfit", "Untold", "Locked"),
    *("OutsideBoundary", "FaultElsewhere", "Fault"),
}
"""Errors in one language; a door tells none of them as it stands."""


@cache
def modules() -> list[ModuleType]:
    found = [
        one.name
        for package in (ledger, projections)
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not one.name.endswith("__main__")
    ]
    return [importlib.import_module(name) for name in found]


def kinds() -> Iterator[type[BaseException]]:
    """Every error that the ledger defines, but those of one module alone."""
    for module in modules():
        for name, kind in vars(module).items():
            own = isinstance(kind, type) and kind.__module__ == module.__name__
            if own and issubclass(kind, BaseException) and not name.startswith("_"):
                yield kind


def parameters(kind: type[BaseException]) -> list[str]:
    return [*getattr(kind.__init__, "__annotations__", ())]


def in_both(kind: type[BaseException]) -> bool:
    """Whether its errors bring their Chinese along."""
    told = issubclass(kind, Bilingual | Refusal | Refused)
    # Those of another library's kind have it beside.
    return told or "zh" in parameters(kind) or is_of_the_library(kind)


def is_of_the_library(kind: type[BaseException]) -> bool:
    """What click tells is in the language of the terminal already."""
    return any(one.__module__.startswith(("click", "rich_click")) for one in kind.__mro__)


def test_every_error_that_somebody_may_be_told_is_in_both_languages():
    alone = {kind.__name__ for kind in kinds() if not in_both(kind)}
    assert alone == NOBODY_IS_TOLD, alone ^ NOBODY_IS_TOLD


def test_a_kind_of_error_in_one_language_is_found():
    class Alone(Exception):
        pass

    assert not in_both(Alone)
    assert in_both(BadBundle)


@cache
def of_a_pair() -> set[str]:
    """The errors that are made of an English and a Chinese text."""
    return {
        kind.__name__
        for kind in kinds()
        if parameters(kind)[:2] == ["en", "zh"] and not issubclass(kind, Refusal)
    } - {"Bilingual"}


def raised() -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """The pairs of texts that the source makes errors of, where it writes them out."""
    for path in [*ROOT.glob("ledger/**/*.py"), *ROOT.glob("projections/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
            if isinstance(node, ast.Call) and named in of_a_pair():
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                texts = [*node.args, *(one.value for one in node.keywords if one.arg in {"en", "zh"})][:2]
                if len(texts) == 2:
                    yield place, texts[0], texts[1]
                elif texts:
                    assert isinstance(texts[0], ast.Starred), f"{place}: one text alone"


def is_written_out(text: ast.expr) -> bool:
    return isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and isinstance(text.value, str))


def written(text: ast.expr) -> str:
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def spoken_of(text: ast.expr) -> set[str]:
    """What a text has in its places: the names, of which one may be the same thing in Chinese."""
    names = {node.id for node in ast.walk(text) if isinstance(node, ast.Name)}
    # Functions say it in the language.
    named = {name for name in names if not name.startswith("_") and name != "spoken"}
    return {"en" if name == "zh" else name for name in named}


def test_every_error_is_written_in_english_and_in_chinese_of_the_same():
    found = [one for one in raised() if is_written_out(one[1]) and is_written_out(one[2])]
    assert len(found) > 60
    for place, english, chinese in found:
        assert not IDEOGRAPH.search(written(english)), place
        assert IDEOGRAPH.search(written(chinese)), place
        assert spoken_of(english) == spoken_of(chinese), place


@pytest.mark.parametrize("some", [BAD_NOTES, BAD_TOKENS, NOT_SERVED], ids=["notes", "tokens", "serving"])
def test_each_reason_by_name_is_there_in_both_languages(some: dict[str, tuple[str, str]]):
    for name, (english, chinese) in some.items():
        assert IDEOGRAPH.search(chinese), name
        assert not IDEOGRAPH.search(english), name
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", chinese)), name


def test_an_error_of_another_process_is_told_in_both_languages_here():
    bad = BadBundle("bad", "坏", [Problem(1, ("cut off", "不完整"))])
    for error in (BadNote("signature", name="qinghe"), bad):
        there = pickle.loads(pickle.dumps(error))
        assert (type(there), str(there), there.zh) == (type(error), str(error), error.zh)
    assert pickle.loads(pickle.dumps(bad)).problems == bad.problems


def test_what_is_wrong_with_json_is_told_in_chinese_with_its_place():
    for data, place in (
        ('{"type": ', ""),
        ('{"type": "no-event"}', ""),
        ('{"type": "ledger-opened", "origin": 5}', "$"),
        ("[" * 100_000, ""),
    ):
        with pytest.raises(UnreadableEvent) as told:
            decode(data)
        assert IDEOGRAPH.search(told.value.zh)
        assert place in told.value.zh
        assert "Expected" not in told.value.zh
    assert of_the_decoder(ValueError("JSON is malformed: trailing characters (byte 4)"))[1].endswith(
        "（第 4 字节）"
    )
    assert of_the_system(ConnectionRefusedError(111, "Connection refused"))[1] == "连接被拒绝"


def calls_of_progress() -> Iterator[str]:
    for path in [*ROOT.glob("ledger/**/*.py"), *ROOT.glob("projections/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and re.search(r"\b_?(progress|tell)$", ast.unparse(node.func)):
                first = node.args[0] if len(node.args) == 3 else None
                if isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_bar_of_progress_is_named_in_chinese(monkeypatch: pytest.MonkeyPatch):
    assert set(calls_of_progress()) == UNDER_WAY_ZH.keys()
    assert under_way("backup") == "backup"
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert under_way("backup") == "备份"
    assert {under_way(view.name) for view in Views().all()} == {view.name for view in Views().all()}


FAULTS_OF = (
    *("ledger/audit/clock.py", "ledger/audit/kept.py", "ledger/audit/laws.py", "ledger/audit/parts.py"),
    *("ledger/audit/recomputing.py", "ledger/audit/shapes.py", "ledger/audit/verification.py"),
    *("ledger/audit/witnesses.py", "projections/running/checking.py"),
)


def faults() -> Iterator[tuple[str, str]]:
    """What functions of examinations say, with a number for whatever changes."""
    for name in FAULTS_OF:
        for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8"))):
            said: list[ast.expr | None] = []
            match node:
                case ast.Return(value=value) | ast.Yield(value=value):
                    said = [*value.elts] if isinstance(value, ast.Tuple) else [value]
                case ast.Call(func=ast.Attribute(attr="_note_bytes" | "_note" | "append"), args=args):
                    said = [*args]
                case ast.Assign(value=value):
                    said = [value]
                case _:
                    pass
            for one in said:
                if isinstance(one, ast.JoinedStr):
                    parts = [str(p.value) if isinstance(p, ast.Constant) else "7" for p in one.values]
                    yield f"{name}:{one.lineno}", "".join(parts)
                elif isinstance(one, ast.Constant) and isinstance(one.value, str) and " " in one.value:
                    yield f"{name}:{one.lineno}", one.value


def test_whatever_an_examination_finds_is_told_in_chinese(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    found = [(place, text) for place, text in faults() if WORD.search(text) and not text.isupper()]
    assert len(found) > 25
    for place, text in found:
        left = WORD.findall(re.sub(r"`[^`]+`|UTC|%\S+", "", fault(text)))
        assert not left, (place, text, left)


def test_a_list_of_faults_is_told_in_chinese_one_by_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    told = "the trigger event_no_update of event is missing; the table follower is none of ours; and 3 more"
    assert fault(told) == "event 的触发器 event_no_update 缺失；数据表 follower 不属于本系统；另有 3 处"
    assert fault(
        "vol_a1 is shown with 2 h of service and -30 min of credits, and the events say nothing of them"
    ) == ("vol_a1 显示为服务2小时、时间币-30分钟，按事件应为无")

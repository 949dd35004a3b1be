"""What is wrong with what was typed is told in the language of the terminal, each sentence by an example."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.cosignatures import cosigner_key
from ledger.audit.notes import verifier_key
from ledger.cli import main
from ledger.cli.words import clicks, usage
from ledger.folders import DATABASE_URL
from ledger.operations.words.said import Said
from projections.registry import Views
from tests.cli.test_helps import IDEOGRAPH, english_in

SERVICE = "record report QH1 --activity a --place b --content c --unit d"
VENUE = "venue open x --kind hall --community 荷塘村 --unit y"
SHIFT = "shift publish act_1234 --begins 2026-09-05T09:00 --ends 10:00 --places"
UPDATE = "venue update --theme x"
ISSUE = "token issue --role"

OURS = {
    "NO_DAY": "balance QH1 --as-of x",
    "NO_PERIOD": "contributions --period x",
    "NO_DURATION": "donate QH1 荷塘村 x",
    "NO_MOMENT": "audit explain QH1 --known-at x",
    "NO_WHOLE_NUMBER": "audit receipt 1_0",
    "NO_NUMBER": "projections follow --poll x",
    "NO_SUM": "designation grant x --granted-by y --funding z",
    "NO_DEGREES": f"{VENUE} --at x --crs wgs84",
    "NO_PLACES": f"{SHIFT} x",
    "NO_LABEL": "offer publish '\u202e' --price 30",
    "NO_TEXT": "balance '\udcff'",
    "NO_ADDRESS": "serve --metrics-listen x",
    "NO_ORIGIN": "init --origin 'A B'",
    "NO_PUBLIC_NAME": "init --name '\u202e'",
    "NO_ZONE": "init --zone '\u202e'",
    "NO_SOURCE": "import teams {file} --source 'A B'",
    "NO_ACTOR": "donate QH1 荷塘村 30 --by 'A B'",
    "NO_ID_OF_A_THING": "record approve rec_1 rec_2",
    "ACTOR_IS_AN_ID": f"{ISSUE} admin --actor 'A B'",
    "NO_WITNESS": "audit sign --witness x",
    "NO_NAME_OF_A_KEY": "witness {new} --name 'a b' --show-key",
    "AT_WITH_CRS": f"{VENUE} --at 30.1,120.5",
    "CODE_OR_NONE": f"{VENUE} --code abcdef --no-code",
    "VENUES_OR_KIND": UPDATE,
    "WITHIN_WITH_KIND": f"{UPDATE} y --within 荷塘村",
    "WHICH_TENURE": "post leave QH1",
    "COMMUNITY_OR_TEAM": "designation grant x --granted-by y",
    "WHERE_HELD": "activity publish x --day 2026-09-05 --unit y",
    "MINUTES_OF_EACH_DAY": f"{SERVICE} --day 2026-09-05 --minutes 30 --minutes 30",
    "LEVEL_OF_COMMUNITIES": "leaderboard --period all --by teams --level town",
    "AROUND_ALONE": "leaderboard --period all --by teams --around x --limit 3",
    "SHIFT_TOO": "signup withdraw QH1",
    "SHIFT_OR_ALL": "signup withdraw QH1 shi_1234 --all",
    "REDEMPTION_OR_DUE": "redemption expire",
    "ADULTS_OR_AGES": f"{SHIFT} guide=3 --adults-only --ages minor",
    "ACTIVITY_OR_DAYS": "shift list --activity x --days 3",
    "ROLE_NEEDS": f"{ISSUE} volunteer",
    "ROLE_TAKES_NO": f"{ISSUE} admin --volunteer QH1",
    "WATCHED_LEDGER": "witness {new} --name example.org/witness",
    "NO_VENUE_OF_KIND": f"{UPDATE} --kind hall",
    "NO_VENUE_OF_KIND_WITHIN": f"{UPDATE} --kind hall --within 荷塘村",
    "NOT_IN_ORDER": "audit diff 3 2",
    "NO_SUCH_POSITION": "export hledger {other} --at 1000",
    "NOT_SIGNED": "audit receipt 3",
    "NO_VIEW": "audit diff 1 2 --view x",
    "NOTHING_FOLLOWED": "projections list --into {new}",
    "NAMED_OTHERWISE": "init --name other",
    "OPEN_OTHERWISE": "init --origin other",
    "NO_FILE_THERE": "export hledger /dev/null",
    "FILE_THERE": "export hledger {file}",
    "NOT_EMPTY_FOR_DEMO": "demo",
    "NO_CHECKPOINT": "audit verify --checkpoint {file}",
    "NOT_UTF_8": "audit verify --checkpoint {bytes}",
    "NO_KEYS": "audit verify --witness-key {empty}",
    "UNREADABLE_KEYS": "audit verify --witness-key {bytes}",
    "NO_KEY_OF_A_WITNESS": "audit verify --witness-key {key}",
    "NO_KEY_OF_A_LEDGER": "witness {new} --name example.org/witness --ledger {cosigner}",
    "LEDGER_THERE": "restore {new}",
    "NOTHING_RESTORED": "restore {new} --data {other}",
    "BAD_BUNDLE": "import log {bundle} --data {other}",
}
"""What is typed for each sentence to be told."""
ELSEWHERE = {
    *("ERROR", "SEE_HELP", "INTERRUPTED", "IMPORT_STOPPED", "DRY_RUN_STOPPED"),
    *("PYARROW_NEEDED", "LINE_OF_A_BUNDLE", "MORE_LINES"),
}
"""What needs more to be told than a few words."""
OF_LOWER_FLOORS = {OURS[name] for name in ("NOTHING_RESTORED", "BAD_BUNDLE")}
"""What holds a reason that is told in English only."""
BENEATH = [
    "balance QH1 --data {other}",
    "serve --workers 2",
    "serve --allow-origin x",
    "serve --sign-every 5 --read-only",
    "serve --at-once x",
    "audit cosign --witness https://witness.example",
    "audit bundle {other}",
    "audit bundle {bundle}",
    "audit replay {bundle}",
    "backup {bundle}",
    "token key",
]
"""What the floors beneath the command line refuse."""
THE_LIBRARYS = [
    "nothing",
    "leaderboar",
    "audit sign --witnes",
    "init --nothing",
    "init --polic x",
    "balance",
    "token issue",
    "transfer QH1",
    "leaderboard --period all --by x",
    "init --policy x",
    "init --data",
    "init --json=3",
    "init x",
    "init x other",
    "audit receipt 0",
    "import log /nowhere",
    "audit verify --checkpoint /nowhere",
    "audit verify --checkpoint /",
    "audit bundle {file}",
]


STANDS = {
    *(
        "timebank",
        "UTF-8",
        "HOST",
        "PORT",
        "Asia/Shanghai",
        "fell-ill",
        "all",
        "Q3",
        "T09",
        "x",
        "communities",
    ),
    *(
        "standard",
        "volunteers",
        "teams",
        "volunteer",
        "admin",
        "coordinator",
        "auditor",
        "integration",
        "hall",
    ),
    *(
        "A",
        "B",
        "other",
        "u202e",
        "rec_1",
        "POST",
        "api/v1/audit/checkpoints",
        "PostgreSQL",
        "dev/null",
        *(view.name for view in Views().all()),
    ),
}
"""What is typed as it stands: forms, codes, and what the examples hold."""


@pytest.fixture(scope="module")
def places(laid_out_once: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A ledger, and files to name."""
    folder, key = tmp_path_factory.mktemp("usage"), Ed25519PrivateKey.generate().public_key()
    texts = {
        "file": "x",
        "empty": "",
        "key": str(verifier_key("x", key)),
        "cosigner": str(cosigner_key("x", key)),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "bytes").write_bytes(b"\xff\xfe")
    for name in ("new", "bundle"):
        (folder / name).mkdir()
    (folder / "bundle" / "manifest.json").write_text("{}", "utf-8")
    return {
        "data": str(laid_out_once),
        **{name: str(folder / name) for name in (*texts, "bytes", "new", "bundle", "other")},
    }


def told(words: str, places: dict[str, str], locale: str) -> tuple[str, str]:
    """What is told of words on a terminal of a language, and what help there is."""
    if "--data" not in words and not words.startswith(("witness", "leaderboar ", "nothing")):
        words += " --data {data}"
    environment = {"LC_ALL": locale, DATABASE_URL: ""}
    result = CliRunner().invoke(main, shlex.split(words.format(**places)), env=environment)
    assert result.exit_code in {1, 2, 3}, result.output
    assert not result.stdout
    error, _, see = result.stderr.partition("\n`" if locale == "C" else "\n用 `")
    return error, see


def pattern(template: str) -> str:
    """The form of a sentence, whatever stands in its places."""
    return ".*".join(re.escape(part) for part in re.split(r"\{[^}]*\}", template))


def english_words(text: str, places: dict[str, str]) -> set[str]:
    """The English words of a sentence, but for what was typed."""
    for place in places.values():
        text = text.replace(place, "")
    return english_in(re.sub(r"'[^']*'", "", text)) - STANDS


@pytest.mark.parametrize("name", OURS)
def test_a_sentence_of_ours_is_told_in_either_language(name: str, places: dict[str, str]):
    for locale, template in zip(("C", "zh_CN.UTF-8"), vars(usage)[name], strict=True):
        error, _ = told(OURS[name], places, locale)
        assert re.search(pattern(template), error, re.DOTALL), error


@pytest.mark.parametrize("words", [*OURS.values(), *BENEATH, *THE_LIBRARYS])
def test_an_error_speaks_one_language_and_tells_where_help_is(words: str, places: dict[str, str]):
    english, see = told(words, places, "C")
    assert english.startswith("Error: ")
    assert see in {"", f"{see.partition('`')[0]}` tells what it takes.\n"}
    assert IDEOGRAPH.search(re.sub("荷塘村", "", english)) is None
    chinese, see = told(words, places, "zh_CN.UTF-8")
    assert chinese.startswith("错误：")
    assert see in {"", f"{see.partition('`')[0]}` 查看用法。\n"}
    assert IDEOGRAPH.search(chinese.removeprefix("错误："))
    assert words in OF_LOWER_FLOORS or not english_words(chinese, places), chinese


def test_every_sentence_has_an_example():
    assert {name for name, said in vars(usage).items() if isinstance(said, tuple)} == {*OURS} | ELSEWHERE


def test_every_form_of_the_librarys_has_an_example(places: dict[str, str]):
    errors = [told(words, places, "C")[0] for words in THE_LIBRARYS]
    forms = {form for form in clicks._FORMS if "is not readable" not in form}
    assert not {form for form in forms if not any(re.search(form, one, re.DOTALL) for one in errors)}


@pytest.mark.parametrize("said", [said for said in vars(usage).values() if isinstance(said, tuple)])
def test_both_languages_have_the_same_places_but_for_the_names_of_things(said: Said):
    english, chinese = ({*re.findall(r"\{(\w+)", text)} for text in said)
    assert english ^ chinese <= {"thing", "thing_zh", "name"}


def test_programs_are_told_in_the_language_of_the_terminal_too():
    environment = {"LC_ALL": "zh_CN.UTF-8"}
    result = CliRunner().invoke(main, ["balance", "--json"], env=environment)
    assert json.loads(result.stderr) == {"error": {"code": "usage", "message": "缺少参数 '志愿者'。"}}

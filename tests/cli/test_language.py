"""Which language a command speaks, by `--lang`, the locale or the ledger; and which folder the environment names."""

import os
import re
from pathlib import Path

import pytest

from ledger.folders import DATA_FOLDER
from ledger.spoken import language_for
from tests.cli.conftest import refused, run, script

SAYS_NOTHING = ["", "C", "POSIX", "C.UTF-8"]
IDEOGRAPH = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def chinese(tmp_path: Path) -> Path:
    """The folder of a ledger that was opened in Chinese."""
    folder = tmp_path / "chinese"
    assert run("init", "--lang", "zh", "--data", folder).exit_code == 0
    return folder


def asked(words: tuple[object, ...], locale: str, **environment: str) -> str:
    return language_for([str(word) for word in words], {"LC_ALL": locale, **environment})


@pytest.mark.parametrize("locale", SAYS_NOTHING)
def test_a_ledger_opened_in_chinese_speaks_it_where_the_locale_says_nothing(chinese: Path, locale: str):
    assert asked(("about", "--data", chinese), locale) == "zh"
    assert asked(("about", f"--data={chinese}"), locale) == "zh"
    assert asked(("about",), locale, TIMEBANK_DATA=str(chinese)) == "zh"
    assert asked(("about",), locale, TIMEBANK_DATABASE_URL=f"sqlite:///{chinese}/ledger.sqlite") == "zh"


@pytest.mark.parametrize(
    ("locale", "language"), [("en_US.UTF-8", "en"), ("zh_CN.UTF-8", "zh"), ("fr_FR", "en")]
)
def test_the_locale_wins_over_the_ledger_and_lang_over_both(chinese: Path, locale: str, language: str):
    about = ("about", "--data", chinese)
    assert asked(about, locale) == language
    assert asked((*about, "--lang", "zh"), locale) == "zh"
    assert asked(("--lang=en", *about), locale) == "en"


def test_the_first_locale_that_is_set_is_the_one_that_counts():
    assert language_for((), {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}) == "en"
    assert language_for((), {"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}) == "zh"


def test_another_ledger_or_none_speaks_english_where_the_locale_says_nothing(fresh: Path, tmp_path: Path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "ledger.sqlite").write_text("no database")
    for folder in (fresh, tmp_path / "nowhere", tmp_path / "broken"):
        assert asked(("about", "--data", folder), "C") == "en"
    assert not (tmp_path / "nowhere").exists()


def test_words_after_two_dashes_choose_no_language():
    assert asked(("venue", "close", "--", "--lang", "zh"), "C") == "en"
    assert asked(("about", "--lang"), "C") == "en"


def test_a_ledger_on_postgresql_speaks_its_language_too(database_url: str):
    assert run("init", "--lang", "zh", url=database_url).exit_code == 0
    assert asked(("about",), "C", TIMEBANK_DATABASE_URL=database_url) == "zh"


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("--lang", "zh", "-h"), ("balance", "--lang", "zh", "-h"), ("init", "--lang=zh", "-h")]
)
def test_help_is_in_the_language_that_is_named(words: tuple[str, ...]):
    helped = script(*words, environment={"LC_ALL": "en_US.UTF-8"}).stdout
    assert "用法：" in helped
    assert "选项" in helped
    assert "Show this message" not in helped
    assert "Show the version" not in helped


@pytest.mark.slow
def test_what_is_wrong_with_the_words_is_told_in_the_language_that_is_named():
    told = script("--lang", "zh", "balance", environment={"LC_ALL": "en_US.UTF-8"})
    assert told.stderr.startswith("错误：缺少参数")
    told = script("balance", "--lang", "en", environment={"LC_ALL": "zh_CN.UTF-8"})
    assert told.stderr.startswith("Error: Missing argument")


@pytest.mark.slow
def test_a_ledgers_own_language_is_that_of_its_help_and_its_errors(chinese: Path):
    there = {"LC_ALL": "C.UTF-8", DATA_FOLDER: str(chinese)}
    assert "用法：" in script("-h", environment=there).stdout
    assert script("balance", "QH1", environment=there).stderr.startswith("错误：")


def test_another_language_is_none_that_is_spoken(fresh: Path):
    assert "--lang" in refused("about", "--lang", "fr", "--data", fresh, code=2)["message"]


@pytest.mark.parametrize("words", [("about",), ("ledger", "rename", "青禾区志愿者银行")])
def test_every_command_takes_lang(fresh: Path, words: tuple[str, ...]):
    assert IDEOGRAPH.search(run(*words, "--lang", "zh", "--data", fresh).stdout)


def test_the_environment_names_the_folder_and_data_another(
    chinese: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(DATA_FOLDER, str(chinese))
    assert os.environ[DATA_FOLDER]
    assert "zh" in run("init", "--json").stdout
    assert '"language": "en"' in run("init", "--json", "--data", fresh).stdout
    monkeypatch.setenv(DATA_FOLDER, str(chinese / "nowhere"))
    assert str(chinese / "nowhere") in refused("about", code=3)["message"]

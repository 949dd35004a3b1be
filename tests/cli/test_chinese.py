"""A Chinese clerk's terminal prints Chinese: all that commands print, but ids, codes, file names and what was typed."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Counter, County, run
from tests.test_docs_examples import PAGES, examples

pytestmark = pytest.mark.slow

WORD = re.compile(r"[A-Za-z]{2,}")
AS_IT_IS = re.compile(
    # First, as part of them may look like anything: a root, a clock-in code.
    r"[A-Za-z0-9+/]{43}=|\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"
    r"|\b[a-z]{3}_[a-z0-9]+\b"  # an id
    r"|`[^`]+`|(?<!\w)--[a-z-]+"  # what is typed: a command, an option
    r"|[\w./-]+\.(?:csv|xlsx|pem|db)\b|/\w[\w./-]*"  # a file
    r"|\b[A-Z]{2}\d+\b|\bQH-[\d-]+"  # a number, a record
    r"|\{.*\}|c2sp\.org.*|\d\dT\d\d"  # a fact, a proof, an instant
    r"|Asia/Shanghai|\btimebank\b|\bqinghe\b"  # the names of the zone and of the ledger
)
OFFICES_OWN = {
    *("gallery", "hall", "e-station", "health", "goods", "on-site", "liaison", "school", "guide", "standard"),
    # As somebody typed it.
    "lantern maker",
    *("complaint", "minors", "first-aid", "wgs84", "weather", "class"),
}
"""Codes of kinds, fields, posts, roles and reasons: an office makes its own."""
VIEWS = {
    *(
        "policies",
        "communities",
        "teams",
        "members",
        "qualifications",
        "balances",
        "statement",
        "leaderboards",
    ),
    *(
        "contributions",
        "outreach",
        "terms",
        "records",
        "venues",
        "activities",
        "shifts",
        "sign-ups",
        "visits",
        "posts",
    ),
    *("organisations", "designations", "training", "offers", "redemptions", "closings", "tree", "log"),
}
NAMED = re.compile(rf"\b({'|'.join(sorted(OFFICES_OWN | VIEWS, key=len, reverse=True))})\b")
COMMANDS = """\
volunteer register --number QH3 --name 王五 --community 荷塘村
volunteer age-band QH1 minor-with-consent
volunteer skill QH1 first-aid
volunteer show QH1
volunteer show QH2
volunteer list
volunteer suspend QH3 --reason complaint
record attest QH1 --activity 慰问 --day 2026-02-01 --minutes 300 --place 敬老院 --content 慰问 --unit 健康队
record list
record list --period 2025
balance QH1
balance QH1 --as-of 2026-02-02
statement QH1
statement QH2
transfer QH1 QH2 30
transfer QH1 QH2 30 --dry-run
donate QH1 柳溪镇 20
grant 柳溪镇 QH2 10
statement QH1
community list
community show 荷塘村
community pool 柳溪镇
offer publish 大米 --price 30 --stock 20 --community 柳溪镇
offer list
offer list --all
offer show 大米
redeem QH1 大米
redemption list
redemption expire --due
venue open 科普馆 --kind gallery --community 柳溪镇 --unit 科协 --at 30.123456,120.5 --crs wgs84 --day 2026-01-05
venue update --kind gallery --theme 防震减灾
venue renew-code 科普馆
venue list
venue show 科普馆
venue revise 科普馆 --name 科学馆
activity publish 植树 --day 2026-03-12 --unit 科协 --place 山坡 --community 荷塘村 --audience minors --programme 绿色
activity report 植树 --participants 120 --materials 30 --online 1000
activity list --period 2026
activity show 植树
activity publish 讲座 --day 2099-09-05 --unit 科协 --venue 科学馆
shift publish 讲座 --begins 2099-09-05T09:00 --ends 12:00 --places guide=2 --places volunteer=1
shift list --activity 讲座
signup add QH2 讲座 --role guide
shift roster 讲座
shift show 讲座
calendar QH2 --from 2099-09-01
volunteer signups QH2
signup withdraw QH2 --all --dry-run
activity cancel 讲座 --reason weather --with-shifts
visit list QH1
post take QH1 liaison --community 荷塘村 --day 2026-01-10
post list
organisation attach 第一小学 --kind school --community 荷塘村 --day 2026-01-10 --until 2026-12-31
organisation list
organisation all
designation grant 示范村 --community 荷塘村 --granted-by 省科协 --funding 5000.50 --day 2026-01-10
designation list
designation show 示范村
training complete QH1 急救 120 --organiser 红十字会 --day 2026-01-11
training list QH1
training list QH2
team list --period 2026
team show 健康队 --period 2026-Q1
team members 健康队
team tree
leaderboard --period 2026-Q1 --by volunteers
leaderboard --period all --by communities
leaderboard --period 2026 --by volunteers --around QH1
leaderboard --period 2026 --by volunteers --around QH2
leaderboard --period 2025 --by teams
contributions --period 2026
contributions 荷塘村 --period 2026 --as-of 2026-02-02
report --period 2026
report 荷塘村 --period 2026-03
period list
period close 2026-02
period list
period report 2026-02
period corrections 2026-02
audit explain QH1
audit head
audit checkpoints
audit verify
audit recompute
projections list
projections check
projections rebuild balances
about
whoami
volunteer erase QH3 --dry-run
volunteer erase QH3 --yes
""".splitlines()


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def english(said: str) -> list[str]:
    """The English words in what is printed."""
    return WORD.findall(NAMED.sub("", AS_IT_IS.sub("", said)))


def test_a_clock_in_code_is_no_english_whatever_it_looks_like():
    assert not english("AB12-ZMCD-EFGH")


def test_what_a_counter_prints_holds_no_english(counter: Counter):
    found = {words: english(said) for words, said in typed(counter)}
    assert not {words: some for words, some in found.items() if some}


def typed(counter: Counter) -> Iterator[tuple[str, str]]:
    for words in COMMANDS:
        said = counter.run(*shlex.split(words))
        assert said.exit_code == 0, (words, said.output)
        yield words, said.stdout


@pytest.mark.parametrize("name", ["office.md", "activities.md"])
def test_what_a_page_s_commands_print_holds_no_english(
    name: str, county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    [page] = [page for page in PAGES if page.name == name]
    shutil.copytree(county.folder, "qinghe")
    ran = 0
    for command, _ in examples(page):
        if re.fullmatch(r"timebank [^|&;<>$`*?()]*", command) and not re.search(
            "demo|--json|--lang en", command
        ):
            said = run(*shlex.split(command)[1:])
            assert not english(said.stdout), (command, said.stdout)
            ran += said.exit_code == 0
    assert ran > 5


def test_the_demo_of_files_holds_no_english(tmp_path: Path):
    said = run("demo", "--files", "--data", tmp_path / "qinghe").stdout
    told, _, next_commands = said.partition("3. ")
    assert not english(told)
    assert not english("\n".join(line for line in next_commands.splitlines() if line.startswith("#")))

"""The documentation's console examples are run, and print what they say.

A block ```console holds commands after `$ ` with what they print below; `…` stands for anything. The commands of a page
run one after the other in a folder of their own.
"""

import contextlib
import doctest
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import run
from tests.programs import Program

REPOSITORY = Path(__file__).parent.parent
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
DEMO = "timebank demo --files --data qinghe"
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
# Of `timebank` alone: no shell has anything to do, or keeps what was printed and shows it.
_PLAIN = re.compile(r"timebank [^|&;<>$`*?()]*")
_KEPT = re.compile(r"(?P<plain>timebank [^|&;<>$`*?()]*) > (?P<file>[\w.-]+)(?P<shown>; cat (?P=file))?")
_SERVED = re.compile(
    r"\((?P<plain>timebank [^|&;<>$`*?()]*) > (?P<log>[\w.-]+) 2>&1 & echo \$! > (?P<number>[\w.-]+)\); (?P<until>.*)"
)

Run = Callable[[str], str]
"""Runs a command in the page's folder, and gives what it prints."""


def examples(page: Path) -> list[tuple[str, str]]:
    """The commands of a page, each with what it is said to print."""
    examples: list[tuple[str, str]] = []
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            examples.append((command, printed.strip()))
    return examples


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that the demo makes, of which each page has a copy, and what it prints."""
    folder = tmp_path_factory.mktemp("demo") / "qinghe"
    said = run(*shlex.split(DEMO)[1:-1], folder).stdout
    return folder, said.replace(str(folder), folder.name)


@pytest.fixture(scope="module")
def in_a_shell() -> list[str]:
    """What was typed into a shell to be served: the first, to which the others look the same."""
    return []


@pytest.fixture
def run_here(
    tmp_path: Path, demo: tuple[Path, str], in_a_shell: list[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Commands that have little use for a shell run in this process: to start one takes longer than most of them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("TIMEBANK_DATABASE_URL", raising=False)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def run_one(command: str) -> str:
        if command == DEMO:
            shutil.copytree(demo[0], "qinghe")
            return demo[1]
        if _PLAIN.fullmatch(command):
            said = run(*shlex.split(command)[1:])
        elif kept := _KEPT.fullmatch(command):
            said = run(*shlex.split(kept["plain"])[1:])
            Path(kept["file"]).write_bytes(said.stdout_bytes)
            return (said.stdout if kept["shown"] else said.stderr).strip()
        else:
            if served := _SERVED.fullmatch(command):
                if in_a_shell:
                    program = Program(*shlex.split(served["plain"])[1:], log=Path(served["log"]))
                    Path(served["number"]).write_text(f"{program.pid}\n")
                    command = served["until"]
                in_a_shell.append(command)
            said = subprocess.run(
                ["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False
            )
        return said.stdout.strip() or said.stderr.strip()

    return run_one


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=lambda page: page.name)
def test_a_page_s_examples_print_what_it_says(page: Path, tmp_path: Path, run_here: Run) -> None:
    try:
        for command, wanted in examples(page):
            got, loose = run_here(command), wanted.replace("…", "...")
            assert doctest.OutputChecker().check_output(loose + "\n", got + "\n", _LOOSELY), (
                f"{page.name}: $ {command}\n\nwanted:\n{wanted}\n\nprinted:\n{got}"
            )
    finally:
        # A page that serves keeps the number of its server there; whatever went wrong, it ends with the page.
        for number in tmp_path.glob("*.pid"):
            with contextlib.suppress(ProcessLookupError, ValueError):
                os.kill(int(number.read_text()), signal.SIGTERM)

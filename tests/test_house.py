"""The rules of the house that a program can check: who imports whom, and how long things may grow."""

import ast
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ledger", "projections")
MAX_LINES_OF_A_FILE = 300
MAX_LINES_OF_A_FUNCTION = 40
DOMAIN_MAY_IMPORT = {*sys.stdlib_module_names, "msgspec", "ledger.domain"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def sources() -> dict[Path, str]:
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    assert found, f"no sources under {ROOT}"
    return {path.relative_to(ROOT): path.read_text("utf-8") for path in found}


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(text) for path, text in sources().items()}


@pytest.mark.slow
def test_imports_run_one_way():
    # In a process of its own, as import-linter switches off every logger it finds.
    lint_imports = Path(sysconfig.get_path("scripts")) / "lint-imports"
    result = subprocess.run(
        [lint_imports, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_module_has_its_layer():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["id"] == "layers")
    named = set(re.findall(r"[\w.]+", " ".join(layers)))
    children = {f"{path.parts[0]}.{path.parts[1].removesuffix('.py')}" for path in sources()}
    homeless = {
        child
        for child in children
        if not child.endswith(("__init__", "__main__")) and not {child, child.split(".")[0]} & named
    }
    assert not homeless, "give each a layer in pyproject.toml"


def test_the_domain_is_pure():
    strangers = [
        f"{path}: {name}"
        for path, tree in trees().items()
        if path.is_relative_to("ledger/domain")
        for name in imported(tree)
        if not {name.split(".")[0], ".".join(name.split(".")[:2])} & DOMAIN_MAY_IMPORT
    ]
    assert not strangers


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "ledger":
            yield from (f"ledger.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def test_files_stay_short():
    lengths = {path: len(text.splitlines()) for path, text in sources().items()}
    too_long = [f"{path}: {lines} lines" for path, lines in lengths.items() if lines > MAX_LINES_OF_A_FILE]
    assert not too_long


def test_functions_stay_short():
    too_long = [
        f"{path}:{node.lineno} {node.name}: {length(node)} lines"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, Function) and length(node) > MAX_LINES_OF_A_FUNCTION
    ]
    assert not too_long


def length(function: Function) -> int:
    """Its lines from `def` to the last, without the docstring: explaining is free."""
    docstring = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    return lines(function) - (lines(docstring) if docstring else 0)


def lines(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_nothing_is_left_for_later():
    notes = [
        f"{path}:{number}: {line.strip()}"
        for path, text in sources().items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"\b(TODO|FIXME)\b", line)
    ]
    assert not notes


def test_packages_say_what_they_are_for():
    silent = [
        str(path)
        for path, tree in trees().items()
        if path.name == "__init__.py" and not ast.get_docstring(tree)
    ]
    assert not silent

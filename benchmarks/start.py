"""A command that ends at once, `timebank balance`, beside what somebody would write instead, and a former release."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.parts.figures import ratios, show, spread

ROOT = Path(__file__).parents[1]
PLAIN = Path(__file__).parent / "parts" / "plain_balance.py"
OURS = ("-m", "ledger.cli")
NUMBER = "QH2025000017"
"""Somebody in the small county that comes along."""


class Took(NamedTuple):
    """Milliseconds of the processor, and by the clock."""

    processor: float
    clock: float


class Program(NamedTuple):
    """What is started, with Python's own options and words, from the sources in a folder."""

    words: tuple[str, ...]
    sources: Path

    def run(self) -> Took:
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        start(self.sources, *self.words)
        after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Took(processor * 1000, (ended - begun) * 1000)


def start(sources: Path, *words: str) -> None:
    """Run Python with the packages that lie in a folder; whatever was compiled is kept, as where it is installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {**kept, "PYTHONPATH": str(sources)}
    subprocess.run([sys.executable, *words], env=environment, cwd=sources, check=True, capture_output=True)


def programs(folder: Path, before: Path | None) -> Mapping[str, Program]:
    """Everybody in the comparison, each release with a ledger that it has made itself."""
    found: dict[str, Program] = {}
    for name, sources in (("", ROOT), ("before: ", before)):
        if sources is None:
            continue
        data = str(folder / f"ledger{len(found)}")
        start(sources, *OURS, "demo", "--files", "--data", data)
        found[f"{name}timebank balance"] = Program((*OURS, "balance", NUMBER, "--data", data), sources)
        found[f"{name}timebank -h"] = Program((*OURS, "-h"), sources)
        if not name:
            found["click and SQLAlchemy"] = Program((str(PLAIN), NUMBER, "--data", data), sources)
    return found


def measure(every: Mapping[str, Program], warm: int, rounds: int) -> Mapping[str, list[Took]]:
    """Each in turn, more often than is counted: the first time it is compiled and read from the disk."""
    found: dict[str, list[Took]] = {name: [] for name in every}
    for turn in range(-warm, rounds):
        for name, program in every.items():
            took = program.run()
            if turn >= 0:
                found[name].append(took)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--before", type=Path, help="a former release's sources, such as a git worktree")
    options.add_argument("--warm", type=int, default=1, help="rounds before the first that counts")
    options.add_argument("--rounds", type=int, default=21)
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(programs(Path(folder), chosen.before), chosen.warm, chosen.rounds)
    ours = [took.processor for took in found["timebank balance"]]
    show(
        "a program from its start to its end, milliseconds, min–median–max",
        ("", "processor", "clock", "processor, × timebank balance"),
        [
            (
                name,
                spread([one.processor for one in took], 0),
                spread([one.clock for one in took], 0),
                spread(ratios([one.processor for one in took], ours)),
            )
            for name, took in found.items()
        ],
    )


if __name__ == "__main__":
    main()

"""Taking a county's files in: seconds and peak memory of each, and how they grow with the file."""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.parts import county
from benchmarks.parts.county import Imported
from benchmarks.parts.figures import engines, parser, show
from benchmarks.parts.places import Places, places
from ledger.exchange.grids import read_grids

GROWING = ("roster", "hours")
SHARES = (0.25, 0.5)


def measure(
    engine: str, folder: Path, scraps: Path, shares: Sequence[float]
) -> dict[tuple[str, float], Imported]:
    """Each file in full, one after the other; then parts of the long ones, on ledgers that hold nothing of them."""
    found: dict[tuple[str, float], Imported] = {}
    with places(engine) as here:
        place = _founded(here, "full")
        for kind in county.KINDS:
            found[kind, 1.0] = county.take_in(place, kind, county.file_of(folder, kind))
        for share in shares:
            place = _founded(here, f"part-{share}")
            for kind in county.KINDS:
                file = county.file_of(folder, kind)
                if kind in GROWING:
                    found[kind, share] = county.take_in(place, kind, part(file, share, scraps))
                if kind != GROWING[-1]:
                    county.take_in(place, kind, file)
    return found


def part(file: Path, share: float, scraps: Path) -> Path:
    """The first rows of a table, as a CSV file."""
    # By a name, as a reading that nobody holds any more is closed.
    grids = read_grids(file)
    rows = [[cell or "" for cell in cells] for _, cells in next(grids).rows]
    target = scraps / f"{file.stem}-{share}.csv"
    with target.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows[: round(len(rows) * share)])
    return target


def _founded(here: Places, name: str) -> county.Place:
    place = here.empty(name)
    county.init(place)
    return place


def table(engine: str, found: dict[tuple[str, float], Imported]) -> None:
    """Show one engine's figures, a file's parts below it."""
    show(
        f"{engine}: one file in one process",
        ("file", "rows", "recorded", "seconds", "cpu s", "cpu µs a row", "peak MB"),
        [
            (
                kind if share == 1 else f"  {share:.0%} of it",
                f"{one.report['rows']:,}",
                f"{one.report['recorded']:,}",
                f"{one.seconds:.2f}",
                f"{one.cpu:.2f}",
                f"{one.cpu / one.report['rows'] * 1e6:,.0f}",
                f"{one.peak_mb:.0f}",
            )
            for (kind, share), one in sorted(
                found.items(), key=lambda item: (county.KINDS.index(item[0][0]), -item[0][1])
            )
        ],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--county", type=Path, default=county.DEFAULT, help="the folder of the four files")
    options.add_argument("--shares", type=float, nargs="*", default=SHARES, help="parts of the long files")
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        with tempfile.TemporaryDirectory(prefix="timebank-bench-") as scraps:
            table(engine, measure(engine, chosen.county, Path(scraps), chosen.shares))


if __name__ == "__main__":
    main()

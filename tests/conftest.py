"""What all tests share: databases, the --full option, and the rule that CI skips nothing."""

import gc
import os
import ssl
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

import portalocker
import pytest

if sys.dont_write_bytecode:
    # Neither the tests nor the hundred programs that they start need compiling anew each time: from here on, as pytest
    # rewrites all of Hypothesis.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from hypothesis import HealthCheck, settings

from tests.compiling import share_what_is_compiled
from tests.originals import Originals, url_in
from tests.postgres import Cluster, Found, running_cluster
from tests.refusals import watch_every_decision
from tests.sizes import FULL_SIZE

pytest.register_assert_rewrite("tests.scenario")

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
FULL_TIMEOUT_SECONDS = 3600
LONGEST = (
    "tests/test_benchmarks.py",
    "tests/api/contract/test_schemathesis.py",
    "tests/contest/",
    "tests/beside/",
    "tests/test_docs_examples.py",
    "tests/machine/",
    "tests/cli/",
    "tests/exchange/",
)
"""They begin first, so that no worker has a long module to itself while the others have nothing left to do."""
AS_MANY_AS = "PYTEST_XDIST_AUTO_NUM_WORKERS"
"""Is in the environment where somebody says how many workers there are."""
COMPILED = (
    Path(__file__).parent / f"witness/__pycache__/test_witness.{sys.implementation.cache_tag}"
    f"-pytest-{pytest.__version__}.pyc"
)
"""What pytest keeps of the module that it collects last."""
MEMORY = Path("/dev/shm")
ROOM_BYTES = 6 << 30
"""Of which a run takes some hundreds of megabytes, and what fails is kept."""

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# No deadline, no too_slow: a busy machine is no defect. In CI the same examples each time: red means changed.
settings.register_profile(
    "quick",
    max_examples=20,
    deadline=None,
    derandomize=IN_CI,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("full", settings.get_profile("quick"), max_examples=1000, derandomize=False)


def write_to_memory() -> None:
    """Keep temporary files where no commit waits for a disk, if there is such a place and nobody named another."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    place = os.statvfs(MEMORY)
    roomy = place.f_bavail * place.f_frsize >= ROOM_BYTES
    if roomy and not place.f_flag & os.ST_NOEXEC and os.access(MEMORY, os.W_OK):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the bars at full size too, and more examples")


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Three workers where there are two processors, as many tests wait for processes and databases."""
    processors = yield
    return 3 if processors == 2 and AS_MANY_AS not in os.environ else processors


def pytest_configure(config: pytest.Config) -> None:
    # Hypothesis loads what --hypothesis-profile names after this, so whoever asks for a profile gets it.
    settings.load_profile("full" if config.getoption("full") else "quick")
    if config.getoption("full"):
        os.environ[FULL_SIZE] = "1"
    write_to_memory()
    # Every client of httpx reads in 140 certificates: 20 ms each time, and no test speaks TLS.
    ssl.create_default_context = cache(ssl.create_default_context)
    watch_every_decision()
    share_what_is_compiled()


# Not addopts' -m "not full": a -m on the command line would replace it. First, so that -m sees the marks made here.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if needs_postgres(item):
            item.add_marker(pytest.mark.slow)
    items.sort(key=when_to_begin)
    full = [item for item in items if item.get_closest_marker("full")]
    if config.getoption("full"):
        for item in full:
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(FULL_TIMEOUT_SECONDS))
    elif full:
        config.hook.pytest_deselected(items=full)
        items[:] = [item for item in items if item not in full]


def when_to_begin(item: pytest.Item) -> int:
    """The place of a test's module among those that take longest, or after them all."""
    return next((at for at, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST))


def needs_postgres(item: pytest.Item) -> bool:
    """Whether a test runs on PostgreSQL, where each has a database of its own: some tenths of a second."""
    if not isinstance(item, pytest.Function):
        return False
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return "postgres" in item.fixturenames or "postgres" in [one for one in given if isinstance(one, str)]


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    # Thousands of tests stay until the end: the collector would look through them all again and again.
    gc.disable()
    try:
        with after_who_compiles(session.config):
            return (yield)
    finally:
        gc.enable()


@contextmanager
def after_who_compiles(config: pytest.Config) -> Iterator[None]:
    """Wait for the first worker to collect where nothing is compiled yet: each would compile all of it, for 10 s."""
    run = getattr(config, "workerinput", {}).get("testrunuid")
    if run is None or config.cache is None or COMPILED.exists():
        yield
        return
    place = config.cache.mkdir("collecting")
    done = place / "done"
    with (place / "lock").open("w") as lock:
        portalocker.lock(lock, portalocker.LOCK_EX)
        if not done.exists() or done.read_text() != run:
            yield
            done.write_text(run)
            return
    yield


def pytest_collection_finish(session: pytest.Session) -> None:
    # Without collecting first: a second, for little that nobody holds.
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return fail_if_left_out(report)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    return fail_if_left_out(report)


def fail_if_left_out(report: Report) -> Report:
    """In CI, a skipped test and one expected to fail are failures: a green run means that everything ran."""
    expected_to_fail = hasattr(report, "wasxfail")
    if IN_CI and (report.skipped or expected_to_fail):
        left_out = "expected to fail" if expected_to_fail else "skipped"
        report.outcome = "failed"
        report.longrepr = f"{left_out}, which CI does not allow: {reason_of(report)}"
        # What still bears this mark is shown, and counted, as expected.
        vars(report).pop("wasxfail", None)
    return report


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    if isinstance(report.longrepr, tuple):
        path, line, reason = report.longrepr
        return f"{reason} ({path}:{line})"
    return str(getattr(report, "wasxfail", report.longrepr)) or "no reason given"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One server for the session (for each worker of pytest-xdist: it starts within a second)."""
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster())
        except Exception as problem:
            pytest.skip(f"no PostgreSQL here: {problem!r}")
        # What a commit is worth when the power fails is the server's business, and no test cuts its power.
        cluster.hurry()
        yield cluster


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Originals:
    return Originals(lambda: tmp_path_factory.mktemp("original"))


@pytest.fixture
def foundation() -> Found | None:
    """What makes the ledger of which a test's database is a copy, where a folder's tests begin with one."""
    return None


@pytest.fixture
def postgres_url(postgres: Cluster, foundation: Found | None) -> Iterator[str]:
    """A database of this test's own on a real PostgreSQL."""
    with postgres.database() if foundation is None else postgres.copy_of(foundation) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path, foundation: Found | None, originals: Originals) -> str:
    """A SQLite file of this test's own, not made yet."""
    return url_in(tmp_path) if foundation is None else originals.copy_into(tmp_path, foundation)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of either kind, empty but for what is its foundation: the test runs once on each."""
    return request.getfixturevalue(f"{request.param}_url")

"""What contests of full size have to tell is told at the end."""

import pytest

_figures: list[str] = []


@pytest.fixture(scope="session")
def figures() -> list[str]:
    """Lines for the end of the whole run."""
    return _figures


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _figures:
        terminalreporter.write_line(line)

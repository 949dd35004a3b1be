"""At which size tests run, for modules that must know it before there is a test."""

import os

FULL_SIZE = "TIMEBANK_TESTS_FULL_SIZE"
"""Is in the environment where --full is asked for."""


def examples(few: int, many: int) -> int:
    """How many examples a test makes up, and how many at full size."""
    return many if FULL_SIZE in os.environ else few

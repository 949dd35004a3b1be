"""At which size tests run, for modules that must know it before there is a test."""

FULL_SIZE = "TIMEBANK_TESTS_FULL_SIZE"
"""Is in the environment where --full is asked for."""

"""The directory: personal data, in a place of its own, where it can be erased."""

"""Service records: what was served, and what was decided on it."""

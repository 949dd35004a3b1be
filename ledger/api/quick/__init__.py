"""Answers told before Litestar takes a request in: known, or read by one plain query."""

"""Answers that need no look at the log: known since they were given, or read by one short query."""

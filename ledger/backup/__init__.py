"""Backups: a whole ledger in plain files, its directory among them, and a ledger made from such files."""

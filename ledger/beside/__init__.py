"""Working on an embedded ledger beside the process that holds its lock: that one does what this one asks of it."""

"""What benchmarks are made of: what fills ledgers, what ours is set beside, where it lies, how figures are shown."""

"""The read models: each is a fold of the log, and can be thrown away and rebuilt."""

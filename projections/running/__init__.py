"""How views are kept: with the writer, following it, made anew, and held against the log."""

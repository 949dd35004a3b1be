"""What is true, what may happen, and who refuses: pure, with the standard library and msgspec only."""

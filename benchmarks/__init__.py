"""What is claimed to be fast, measured beside what users would otherwise pick. Nothing here asserts a time."""

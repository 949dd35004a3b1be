"""A year of a made-up county of a real one's size, told to the bank command by command."""

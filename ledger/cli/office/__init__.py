"""What an office does and asks: the words of its commands, and how answers are drawn."""

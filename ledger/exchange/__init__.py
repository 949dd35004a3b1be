"""Files in and out: what offices send, and what they take home."""

"""What people read of operations, in English and in Chinese: each text once."""

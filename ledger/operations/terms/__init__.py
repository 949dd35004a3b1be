"""Terms: what codes are called, which fields hold them, and what can be asked of and done to them."""

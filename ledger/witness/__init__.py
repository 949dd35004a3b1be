"""A witness: a service that cosigns ledgers' checkpoints as long as each of them extends the one before."""

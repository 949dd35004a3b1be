"""What lets others check the ledger: proofs, checkpoints, replays, exports."""

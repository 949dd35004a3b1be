"""What an auditor can check: checkpoints, receipts, and where each figure comes from."""

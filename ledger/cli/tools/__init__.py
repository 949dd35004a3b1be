"""An operator's tools: beginning, serving, importing, auditing and backing up a ledger, and the demo."""

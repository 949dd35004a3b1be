"""The event-sourced ledger of a volunteer time bank."""

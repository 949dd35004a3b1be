"""Everything that can be asked of a ledger or done to it: by whom, about what, in which words. A door only draws it."""

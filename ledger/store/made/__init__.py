"""How tables and triggers were made, and whether they still are so."""

"""The terminal: what is typed and how it is read, tables, errors, and what people see while they wait."""

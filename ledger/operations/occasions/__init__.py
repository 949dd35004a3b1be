"""Where and when people serve: venues, activities and their shifts, and who signed up or came."""

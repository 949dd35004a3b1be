"""Communities, and the teams in them."""

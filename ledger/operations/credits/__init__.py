"""What becomes of credits: transfers, donations and grants, offers and redemptions."""

"""Volunteers: who they are, and all that they did and have."""

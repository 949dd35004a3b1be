"""Figures of many at once: leaderboards, boards of places, what periods held when they were closed."""

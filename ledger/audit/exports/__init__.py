"""The books and the log in the forms of other programs: plain-text journals, and tables."""

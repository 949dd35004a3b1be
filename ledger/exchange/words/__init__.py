"""What people read of files that are taken in."""

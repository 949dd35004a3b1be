"""What people read of what is examined and explained, in English and in Chinese."""

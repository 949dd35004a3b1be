"""What the command line says in its own words, in English and in Chinese: helps, and errors of usage."""

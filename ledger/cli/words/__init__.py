"""What the command line says in its own words, each text once, in English and in Chinese."""

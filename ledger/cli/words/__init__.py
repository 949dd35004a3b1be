"""What the command line says, each text once, in English and in Chinese."""

"""How the catalogue is asked and done from a command line."""

"""The server around the application: processes, connections, what it tells of itself, its pages."""

"""The HTTP API: reads that a portal polls, and writes that are commands. `app.create_app` puts it together."""

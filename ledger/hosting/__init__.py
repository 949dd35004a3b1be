"""How a process serves: what it starts and listens with, logs, and holds connections to; it knows no answer."""

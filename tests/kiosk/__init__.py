"""The seat unit: machine, connection, terminal, robots."""

"""The seat unit: the terminal seat, the robots, and (in `web/`) the tablet screen."""

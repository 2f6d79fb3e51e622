"""The ASGI side: HTTP routes, sockets, static screens. Thin: it parses, asks the hall, answers."""

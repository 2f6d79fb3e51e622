"""The ports, fulfilled: Redis, SQL, memory, the machine's clock and randomness.

Rule: each module implements a Protocol of `server.ports`; only `server.cli` names this package.
"""

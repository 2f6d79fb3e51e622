"""`hemicycle scrutineer`: a scrutineer's own program, on a machine of its own.

It knows the hall's wire, words and the mathematics of secret ballots, and nothing of the server.
"""

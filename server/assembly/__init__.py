"""The assembly: its Members and their seats, its sittings and agenda, and the roll of a vote.

Rule: values and pure functions only. Nothing here knows a socket, a store or a clock.
"""

"""The ballot: its question, its life as states and transitions, what its events say of it."""

"""The history of the database's shape, run to its end whenever the hall starts.

Rule: a migration that was released is never edited; a new one follows it.
"""

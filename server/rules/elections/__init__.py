"""Elections in rounds: places, majorities by round, shortened lists, and ties.

Rule: no outcome depends on a candidate's name or on the order in which candidates were given, and
no tie is settled silently.
"""

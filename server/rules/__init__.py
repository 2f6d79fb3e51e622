"""The rules: what a count means, for motions, for several chambers, and for elections in rounds.

Rule: pure functions over frozen values, whole numbers only, no clock, no store. A rule is data
(a rulebook), and every result carries the figures that explain it.
"""

"""The record in the shapes that others read: table, XML, Popolo, a sheet of paper.

Rule: an export says nothing that the record does not, and is not signed: whoever needs proof
takes the JSON record (the sheet carries it inside).
"""

"""What the hall says, in four languages: `*.ftl`, read by the screens as they are.

Rule: one source. A sentence that anybody reads or hears stands in these files and nowhere else;
`speech.py` is the server's way to it, `@fluent/bundle` the screens'.
"""

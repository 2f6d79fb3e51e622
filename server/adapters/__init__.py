"""The real stores and devices behind the ports, and their twins in memory.

Rule: only `server.cli` names an adapter; everything else knows the port.
"""

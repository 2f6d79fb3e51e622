"""The live side, without I/O: sessions, outboxes, the hub, and who may see what."""

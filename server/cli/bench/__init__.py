"""`hemicycle bench`: how fast this hall is here, beside a bare baseline of the same run."""

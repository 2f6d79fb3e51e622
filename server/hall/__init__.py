"""The use cases of the hall: press, operate, presence, recover."""

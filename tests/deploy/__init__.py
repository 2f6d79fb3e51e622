"""The examples in `deploy/`, as far as they can be tried without a container engine."""

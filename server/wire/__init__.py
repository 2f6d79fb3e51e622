"""The boundary: what travels between the hall and its screens, seats and operators."""

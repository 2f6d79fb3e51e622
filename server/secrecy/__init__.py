"""Secret ballots in the Belenios 2.0 format: sealed in the seat, counted under encryption."""

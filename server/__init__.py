"""The hall server of Hemicycle: ballots, rules, live fan-out, the record and the console."""

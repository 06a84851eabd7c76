"""A second, slow and plain reading of the rules, to hold `analysis` against."""

"""Rules of the six families: facts and policy in, deduction rows out."""

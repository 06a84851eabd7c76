"""The parts of the caseload page."""

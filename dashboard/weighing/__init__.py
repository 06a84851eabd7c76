"""The parts of the Policy page: its numbers, what a draft would do, and the policies that were saved."""

"""The invented agency of the sample: its people, its stories and the forms its desks keep."""

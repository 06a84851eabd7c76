"""Parts of the page of the morning: its rows, how they are put away, and the list to take along."""

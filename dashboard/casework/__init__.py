"""What staff say about one candidate in place: corrections, debriefs, contacts typed by hand; and why a score moved."""

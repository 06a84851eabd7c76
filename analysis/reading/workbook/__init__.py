"""What runs in the child process that opens a workbook: standard library and calamine only, so that it starts fast."""

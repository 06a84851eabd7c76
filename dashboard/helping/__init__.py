"""Parts of the Help page: each score in words, and worked examples from the sample agency."""

"""The page that goes home with the candidate: its texts (`en.toml`), its picture, its layout (`page.typ`), its PDF."""

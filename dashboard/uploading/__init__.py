"""The parts of the Upload page, one module each: what is dropped, asked, mapped, and what was found."""

"""Figures we promise. Each `<area>.py` has `figures() -> list[Figure]`; `./run bench` calls the roll."""

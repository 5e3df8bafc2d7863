"""Commands about people: who may log in, and what was decided."""

"""Rows: what the pages of the whole list show of an agency."""

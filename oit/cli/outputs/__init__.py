"""Commands that hand something out: digest, open data, templates."""

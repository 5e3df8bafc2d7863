"""Whose a site and a document are: this agency's, or another office's."""

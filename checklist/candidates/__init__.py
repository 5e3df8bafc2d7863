"""Finding each item's evidence in a snapshot: labels, index entries, target pages."""

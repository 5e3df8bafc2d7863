"""The measures that a province drafts from its gaps."""

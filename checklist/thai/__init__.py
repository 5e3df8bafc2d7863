"""Thai text as the checklist compares it: one key, phrase search on whole words, similarity, dates."""

"""Cases as folders: a document or a small site, the answers that are right for it, and why. Adding one is no code."""

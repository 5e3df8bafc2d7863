"""What a page holds: which of its places are whose, and how much it says."""

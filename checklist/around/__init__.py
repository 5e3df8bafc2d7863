"""What stands around an item's document: papers put up beside it, and ways to documents that are gone."""

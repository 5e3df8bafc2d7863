"""What is told after a night, and to whom."""

"""What of the evidence counts: not what is hidden, quoted from the manual, or a picture that nobody has read."""

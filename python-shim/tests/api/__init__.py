"""What the bridge says of its API, and what it answers to whatever comes."""

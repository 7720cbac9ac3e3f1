"""A real hub, a real bridge and a real engine."""

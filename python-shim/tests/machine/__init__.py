"""A booted Debian with systemd."""

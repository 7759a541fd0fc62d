"""Platforms to talk to on this machine: they enforce the rules of the real ones."""

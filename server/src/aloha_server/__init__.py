"""Aloha, the team chat server."""

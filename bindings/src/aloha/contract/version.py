"""What this release calls itself, and which API it speaks."""

VERSION = "0.1.0"
ALOHA_FEATURE_LEVEL = 1
"""Rises with each addition to the wire that is Aloha's own."""

ZULIP_VERSION = "10.2"
FEATURE_LEVEL = 372
"""The level of the public API whose endpoints, events and fields are declared here."""

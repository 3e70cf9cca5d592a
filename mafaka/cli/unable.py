"""What a command says when this machine cannot run it."""

from __future__ import annotations


class Unable(Exception):
    """The command cannot run on this machine as it is: the message says what is missing."""

"""`neco publish`: the steps of the workflows, for a machine with git, and with `gh` where GitHub is spoken to."""

from ..publish.commands import publish

__all__ = ["publish"]

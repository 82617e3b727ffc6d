"""Releases of projects, as a repository of GitHub tells them in its feed.

- `atom`   reading a feed of releases: entries -> tags with versions and days
- `github` asking for the feed of a repository, and where it has moved to
"""

"""Reading all issues: the same way for drawing, checking and fetching.

- `scan`     Markdown text -> what it mentions, by running the extension
- `index`    issues and their mentions, looked at by KEP, by card, by issue
- `checks`   index and lock -> problems
- `problems` a problem, with its file and line
"""

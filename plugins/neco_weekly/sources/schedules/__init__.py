"""Days of Kubernetes releases, and exceptions from their freezes, from two git repositories.

- `sig_release`  kubernetes/sig-release: what the release team plans, and what it was asked for
- `website_days` kubernetes/website: what came out, and until when it is supported
- `freeze_table` the schedule in the README of a release
- `moments`      a deadline as people write it -> its day in Tokyo
- `exceptions_file` the requests in `exceptions.yaml`
- `release_files` `schedule.yaml` and `eol.yaml`
- `folder_files` files of a folder in a repository
- `lined_yaml`   YAML with the line of each value
"""

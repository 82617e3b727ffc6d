"""KEPs as the outside knows them: a git history, a public list, a GitHub issue.

- `repository`   a git repository of kubernetes/enhancements -> Snapshot
- `history`      commits and their kep.yaml files -> every KEP's history
- `kep_yaml`     the text of one kep.yaml
- `details`      what a kep.yaml says beside its state: authors, SIGs, references
- `summaries`    what a README says that a KEP is about
- `cache`        what was read from a repository, until there are new commits
- `public_list`  `keps.json`, the public list of all KEPs -> Snapshot
- `github_issue` an issue of kubernetes/enhancements -> Enhancement
"""

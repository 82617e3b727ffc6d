"""The hosts: each translates between the outside and the package, calls one function, translates back.

- `cli`      the command line, `neco`
- `mkdocs`   the MkDocs plugin, the only part that knows MkDocs
- `publish`  a refresh as a pull request, the steps of the workflows
- `starter`  the files of a new site
- `settings` the settings that `mkdocs.yml` has for us, read once for all of them
- `issues_folder` what is wrong where no issue is found
- `project`  `mkdocs.yml` as the command line reads it
- `issue_outside` what stands around an issue that leaves the site: links, pictures, words of badges
- `fetchers` the fetchers of a refresh, made from options
- `release_fetchers`  those of days of Kubernetes releases
- `catching_up` fetching what a build found missing
- `interrupts` when Ctrl-C comes too late
- `machine_trouble` what a machine refuses, as one sentence
- `preview`  what `neco serve` and the MkDocs it starts say to each other
"""

"""Starting a site: the files that `neco init` puts into an empty folder, or beside a site of MkDocs that is there.

Nothing that is there is ever written over. `templates/` has the texts. The workflows among them are those that this
repository itself has in `.github/`, so that a new site's are tested here.

- `new_files`  the files of a new site, by their paths
- `joining`    what a site of MkDocs that is there still needs in its own `mkdocs.yml` and `.gitignore`
- `start`      a site begun: what was written, what was left as it is, and what is to be added there by hand
"""

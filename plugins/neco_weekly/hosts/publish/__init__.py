"""Publishing: a refresh as a commit and as a pull request, the steps of the workflows that write to the repository.

Where pages are fetched no token can write, and where a token can write nothing is fetched. `pack` ends the first half:
what changed in the lock becomes one patch with its report, and new pictures beside it. `refresh-request` and
`request-lock` are the second: they put the change on a commit without touching work tree or index, refuse the change if
it holds anything but the lock, push, and speak to GitHub by `gh`, which every runner has.

- `commands`  the commands of `neco publish`
- `address`   the address at which Pages shows the site
- `branches`  a change of the lock put on a branch of the remote
- `pull_request`  what a pull request says, and how its build went
- `change`    the lock's difference, from a work tree and into a tree of git
- `changed_pages`  which pages say something else than those of another build
- `pack`      a change as a folder that travels between jobs
- `pictures`  what may come in as a picture
- `git`, `github`, `programs`  git, GitHub's API by way of `gh`, and how both programs are run
"""

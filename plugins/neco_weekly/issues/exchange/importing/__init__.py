"""Issues from elsewhere: the files of a book, of a repository of articles or of a blog -> pages, pictures, remarks.

Nothing here reads a disk or writes one. What cannot be converted becomes a remark with its line; nothing is guessed.

- `material`      what is imported, and what comes of it
- `honkit_book`   a book of HonKit or GitBook; `summary_list` its list of pages
- `zenn_articles` a repository of Zenn
- `jekyll_posts`  the posts of a blog of Jekyll; `jekyll_addresses` where it has them; `liquid_tags` its template tags
- `carrying`      pages carried into the site, whatever they are of; `carried_files` the files that they name,
  `carried_addresses` the addresses by which they do
- `own_addresses` addresses within what is imported
- `decoded_text`  the text of a file in whatever encoding
"""

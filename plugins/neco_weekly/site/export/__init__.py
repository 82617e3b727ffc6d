"""An issue as other places want it: a file of Markdown in their dialect, or one of HTML for mail.

What an author wrote stays byte for byte, but where the dialect says it otherwise: blocks and lines are read with their
places in the text (`extension.source_spans`), and changes are made at these.

- `export_values` the issue, what stands around it, the files, and remarks on what could not be said
- `dialects`   the dialects: one row each; `box_forms` their boxes
- `markdown_export` the way in; `markdown_blocks` block by block, `markdown_lines` what stands inside a line
- `box_edits`  boxes in another dialect; `html_edits` HTML on lines of its own
- `export_work` an export at work; `text_edits` changes of a text by places
- `email_page` one file of HTML for mail; `templates/` what is around the text, and the styles
- `article_front_matter` front matter and names as Zenn and Qiita want them
- `public_text` the text without what is no reader's business
- `also_places` where an issue was published besides, in its front matter
"""

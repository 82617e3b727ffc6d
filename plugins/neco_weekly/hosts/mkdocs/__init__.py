"""The MkDocs host, the only part that imports MkDocs.

- `plugin`      the hooks
- `setup`       what follows from the configuration: settings, lock, words, styles and scripts
- `build`       what follows from the files: generated pages added
- `fetch_first` what a build fetches before it reads the issues, where the site says so
- `mentions`    what all issues mention, before any is drawn
- `site_files`  the files of a build, to which ours are added by their addresses
- `languages`   the languages of a site that mkdocs-static-i18n builds
- `kep_places`  where the pages of KEPs lie
- `public_issues` which issues of a build are public
- `reader`      what each issue of a build says
- `site_as_drawn` what the issues say, with all that other plugins put there
- `finish`      the end of the reading: pages that are drawn again or come late, data
- `feed_files`  the feeds of a build, and how pages tell of them
- `page_languages` the language of texts that are not in that of their page
- `heads`       what pages say of themselves in their heads
- `social_cards` the pictures for sharing, kept between builds
- `issue_texts` the Markdown of issues beside their pages
- `design`      what our design does to pages of MkDocs
- `last_good_site` the site as it was before a build, there again when the build fails
- `site_output` what we write into the site ourselves, with unchanged files taken from the last one
- `new_issue`   the link with which writers begin the next issue
- `later`       what later issues say of earlier ones, put into their pages
- `navigation`  the places of pages: parents, neighbours, titles, days
- `pages`       our kinds of MkDocs' page: drawn without Markdown, rendered once
- `laid_down_page` pages of which a preview keeps what they say on the disk
- `page_cache`  rendered pages, kept between builds; `render_key` what decides how they are rendered
- `release_script`  what pages load that say something of the reader's own release
- `kept_drawings`  what is drawn of the site, kept between builds; `site_key` what that follows from
- `kept_entries`  the file in which that is kept
- `handed_entries` what workers of a build hand over
- `workers`       processes that do a part of a build; `drawn_ahead` what they draw ahead of it
- `while_reading` what links show before they are followed, pictures that open large, the page of wrong addresses
- `dressing`    what is done to a page as the theme made it, and kept with it
- `finished_pages`  what the theme made of pages, kept between builds
- `template_inputs`  what the theme's templates read, as text to compare
- `diagram_script`  what pages with a diagram load
- `page_styles` the style sheets of every page, and those of some
- `old_addresses` pages at old addresses, which lead on
- `policies`    the Content-Security-Policy of every page
- `pictures_beside` pictures beside the docs folder, taken into the site
- `unpublished` what no reader needs, kept out of the site
- `search`      what the site's search looks through
- `serving`     MkDocs' live preview with our eyes, builds and pages in the places of its own
- `live`        a preview as the plugin's hooks see it
- `watching`    what is changed on the disk while a preview runs
- `preview_builds` the builds of a preview: what was saved first, then the whole site
- `one_page`    a page through the theme's template, by the public functions of MkDocs
- `saved_page`  the page of a saved file, drawn from what the last build has in memory
- `preview_site` the site of a preview as browsers get it
- `build_memory` what a build looks through for garbage; in a preview what waits on the disk, what is given back
- `remembered`  what a preview has read, for the next build; `compiled_templates` the theme's among that
- `telling`     what a preview says in the terminal
- `__main__`    MkDocs as `neco serve` starts it
"""

from .plugin import NecoWeeklyPlugin

__all__ = ["NecoWeeklyPlugin"]

"""Forms that look for what is written into them: whether one is the way to a page's documents, or the site's search."""

from __future__ import annotations

from checklist.candidates.site_index import SiteIndex
from core.models.snapshot import ASKS, Link, Resource, Zone


def own_search(site: SiteIndex, page: Resource) -> Link | None:
    """The form of a page that shows what somebody's words find; None if it has none, or one that stands on the home
    page as well: the search of the whole site, which hides nothing that has no other way. One of the home page itself
    stands on no other page."""
    forms = [link for link in page.links if link.via == ASKS and link.zone is Zone.CONTENT]
    if not forms:
        return None
    home = site.snapshot.resources[0]
    others = site.snapshot.resources[1:] if page is home else (home,)
    known = {link.fragment for other in others for link in other.links if link.via == ASKS}
    return next((form for form in forms if form.fragment not in known), None)

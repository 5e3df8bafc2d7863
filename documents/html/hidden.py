"""What a page hides for good: an element that its markup does not show and that nothing on the page opens."""

from __future__ import annotations

import re

from bs4.element import Tag

from documents.html.panes import Panes, is_pane, pane_id
from documents.html.tree import PageTree

_HIDES = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0+(?![.\d])"
    r"|font-size\s*:\s*0(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{4})",
    re.I,
)
_RULE = re.compile(r"(?:^|(?<=[{}]))\s*([.#][\w-]{1,80})\s*\{([^{}]{0,400})\}")
_STYLE = 200_000
"""Characters of style sheets in a page that are looked through."""
_VALUE = 600


def hiding_names(tree: PageTree) -> frozenset[str]:
    """The classes (`.x`) and ids (`#x`) that the page's own style sheets hide whatever the width of the screen."""
    found: set[str] = set()
    for style in tree.named("style"):
        # A rule for some screens or for paper hides nothing from the others.
        text = style.get_text()[:_STYLE].partition("@media")[0]
        found.update(name for name, rules in _RULE.findall(text) if _HIDES.search(rules))
    return frozenset(found)


def is_hidden(tag: Tag, names: frozenset[str], panes: Panes) -> bool:
    """Whether nobody sees an element until a script shows it. Panes, folds and what a label opens are not hidden."""
    named = names and ({f".{each}" for each in tag.get("class") or ()} | {f"#{tag.get('id') or ''}"}) & names
    if not (named or tag.has_attr("hidden") or _HIDES.search(str(tag.get("style") or "")[:_VALUE])):
        return False
    return pane_id(tag) not in panes.ids and not is_pane(tag)

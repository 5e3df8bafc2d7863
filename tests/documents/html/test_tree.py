"""Walks over a parsed page: the same elements in the same order as the parser's own searches."""

from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from documents.html.tree import PageTree, children_named, has_named, rows_of, tags_in, tags_named

_PIECES = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td>x</td>", "</tr>", "<div id=a>", "<div id=b>", "</div>", "<p>", "<b>y</b>", "z"]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_elements_are_those_of_the_parser(markup: str) -> None:
    """Whatever the nesting, nothing is left out or turned around."""
    soup = BeautifulSoup(markup, "lxml")
    tree = PageTree(soup)
    assert [id(tag) for tag in tree.elements] == [id(tag) for tag in soup.find_all(True)]
    assert [id(tag) for tag in tags_named(soup, ("td", "b"))] == [id(tag) for tag in soup.find_all(["td", "b"])]
    assert list(map(id, tree.tags_named("tr"))) == [id(tag) for tag in soup.find_all("tr")]
    assert tree.by_id.get("b") is soup.find(id="b")
    assert tree.first("p") is soup.find("p")
    for table in soup.find_all("table"):
        assert isinstance(table, Tag)
        own = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        assert [id(row) for row in rows_of(table)] == [id(row) for row in own]
        assert has_named(table, ("table",)) == (table.find("table") is not None)
        assert list(map(id, children_named(table, ("tr",)))) == [id(t) for t in table.find_all("tr", recursive=False)]


def test_deep_nesting_is_walked() -> None:
    """No depth of markup exhausts the stack."""
    soup = BeautifulSoup("<i>" * 5000 + "x", "lxml")
    assert len(tags_in(soup)) == len(soup.find_all(True))


def test_growth_is_that_of_the_page() -> None:
    """Rows of tables within tables are each looked at by their own table only."""
    soup = BeautifulSoup("<table><tr><td>" * 60, "lxml")
    assert sum(len(rows_of(table)) for table in tags_named(soup, ("table",))) == len(soup.find_all("tr"))

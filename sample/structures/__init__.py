"""How real sites are built, as small tables of functions: each takes what is published and gives the pages.

A site takes one of each: a door or none (`doors`), a way from the home page to the index (`ways`), an index
(`sample.index_layouts`, `lists`, `scripted`) and what stands between an entry and its document (`posts`). None of them
changes what is published: the truth of an item stays that of its document, except behind a door.
"""

"""What stands where a site, or its index, should be: closed, broken, sold, behind a login. Nothing behind it was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sample.editions import entries
from sample.paper import Bullets, Paper
from sample.render.scan import coarse_page
from sample.structures.shelf import Shelf

_MENU = frozenset(("news", "social", "questions", "e_service", "contact", "complaint_channel", "opinions"))
"""Topics that menu and home page lead to without the index."""
_INDEX = "oit/index.html"


@dataclass(frozen=True, slots=True)
class Door:
    """`build` changes a finished site, `reached` are the topics that it leaves in sight, `accept` the statuses that
    are right beside `unchecked` for the others."""

    build: Callable[[Shelf], None]
    reached: frozenset[str] = frozenset()
    accept: tuple[str, ...] = ()


def _home(*bodies: str) -> Door:
    def build(shelf: Shelf) -> None:
        text = shelf.voice.pick("door", bodies)
        shelf.raw("index.html", f'<!DOCTYPE html>\n<html lang="th"><head><meta charset="utf-8">{text}</html>\n')

    return Door(build)


def _answers(status: int) -> Door:
    def build(shelf: Shelf) -> None:
        shelf.answer(_INDEX, {"status": status})

    return Door(build, _MENU, ("unreachable",))


def _robots(shelf: Shelf) -> None:
    shelf.files["robots.txt"] = b"User-agent: *\nDisallow: /oit/\n"


def _login(shelf: Shelf) -> None:
    form = (
        '<form method="post" action="login.html"><p><label>ชื่อผู้ใช้ <input name="user"></label></p>'
        '<p><label>รหัสผ่าน <input type="password" name="pass"></label></p><button type="submit">เข้าสู่ระบบ</button></form>'
    )
    shelf.put("login.html", "เข้าสู่ระบบ", form)
    shelf.answer(_INDEX, {"status": 302, "location": "/login.html"})


def _loop(shelf: Shelf) -> None:
    shelf.answer(_INDEX, {"status": 302, "location": "/oit/index.html?again=1"})
    shelf.answer(f"{_INDEX}?again=1", {"status": 302, "location": "/oit/index.html"})


def _picture(shelf: Shelf) -> None:
    listed = tuple(f"{entry.id} {entry.title}" for entry in entries(shelf.edition))
    shelf.files["pictures/list.jpg"] = coarse_page(Paper("ITA", (Bullets(listed),)))
    shelf.put(_INDEX, "ITA", '<p><img src="../pictures/list.jpg" width="900" alt=""></p>')


DOORS: Mapping[str, Door] = {
    "closed": _home(
        "<title>ปิดปรับปรุง</title></head><body><h1>ปิดปรับปรุงเว็บไซต์ชั่วคราว</h1><p>ขออภัยในความไม่สะดวก โทร. 0 2000 1000</p></body>",
        "<title>แจ้งผู้ใช้บริการ</title></head><body><center><p>ระบบจะกลับมาให้บริการเร็ว ๆ นี้</p></center></body>",
        "<title>Under construction</title></head><body><p>We are updating our website. Please come back later.</p></body>",
    ),
    "white": _home("<title></title></head><body></body>", "</head><body>\n\n<div id='main'></div></body>"),
    "database": _home(
        "<title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body>",
        "</head><body>Could not connect: Can't connect to local MySQL server through socket '/tmp/mysql.sock' (2)</body>",
    ),
    "fatal": _home(
        "</head><body><br /><b>Fatal error</b>: Uncaught Error: Call to undefined function mysql_connect() in "
        "/home/web/public_html/config.php:12</body>",
        "<title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><h2>Runtime Error</h2></body>",
    ),
    "parked": _home(
        "<title>Domain for sale</title></head><body><h1>This domain may be for sale</h1><p><a "
        "href='https://ads.example.com/buy'>Buy this domain</a></p></body>",
        "<title>แทงบอลออนไลน์</title></head><body><h1>เว็บพนันอันดับหนึ่ง</h1><p><a href='https://bet.example.com/'>สมัครสมาชิก</a></p></body>",
    ),
    "server": _home(
        "<title>Apache2 Ubuntu Default Page: It works</title></head><body><h1>It works!</h1></body>",
        "<title>IIS Windows Server</title></head><body><a href='https://go.example.com/fwlink'>Internet Information Services</a></body>",
        "<title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>Further configuration is required.</p></body>",
    ),
    "wall": _home(
        "<title>กรุณารอสักครู่</title></head><body><script>document.cookie='pass=1;path=/';</script></body>",
        "<title>Just a moment...</title></head><body><p>Checking your browser before accessing.</p></body>",
    ),
    "moved": _home(
        "<title>ย้ายเว็บไซต์</title></head><body><p>หน่วยงานได้ย้ายเว็บไซต์ไปที่ <a href='https://new.example.go.th/'>เว็บไซต์ใหม่</a></p></body>"
    ),
    "index_401": _answers(401),
    "index_403": _answers(403),
    "index_500": _answers(500),
    "index_robots": Door(_robots, _MENU),
    "index_login": Door(_login, _MENU, ("unreachable",)),
    "index_loop": Door(_loop, _MENU, ("unreachable",)),
    "index_picture": Door(_picture, _MENU, ("review",)),
}
"""Name of a case's `door` -> what stands there."""

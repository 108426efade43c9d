"""Addresses that people write without a scheme, in running text: `example.com/x` and `ada@example.com`.

A host is one by its last label: the common top-level domains, less those that are known better as the endings of
file names. Each run of characters is looked at once.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from aloha_server.markup.links import bare_url_length, url_length

COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf
cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh
gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr
kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng
ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr pt pw qa re ro ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st
su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm
zw
"""
OTHERS = """
academy agency app art arpa biz blog cafe chat city cloud club coffee com community company computer coop design dev
digital domains edu education email energy events expert finance foundation fun games global gov group guide health
help host info int international jobs land law life link live ltd map media mil mobi money museum name net network news
ninja online org page party photos pizza plus press pro pub run school science services shop show site social software
solutions space store studio support systems team tech technology tips today tools top training travel tube university
video vip website wiki work works world xyz zone
"""
TOP_LEVEL = frozenset(f"{COUNTRIES} {OTHERS}".split())

RUN = re.compile(r"(?<![^\s'\"(,:<])(?:https?(?=://)|\w[\w.+-]*+(?:@[\w.-]++)?)", re.IGNORECASE)
HOST = re.compile(r"(?:[\w-]{1,63}\.)+([\w-]{2,63})")
MAIL = re.compile(r"[\w.+-]+@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
AFTER_ADDRESS = re.compile(r"[!:;?),.'\">\]]*(?:\s|$)")
REST = re.compile(r"[/?#][^\s<>\"`]{0,2000}")


class Bare(NamedTuple):
    """An address in a text; without `href` a place that only looked like one, which is not looked at again."""

    start: int
    end: int
    href: str


def find_bare_links(text: str, scheme: str = "http") -> Iterator[Bare]:
    """In the order of the text. What has no scheme gets this one; URLs that have one are found too."""
    end = 0
    for match in RUN.finditer(text) if "." in text else ():
        if match.start() < end:
            continue
        found = _with_scheme(text, match) or _mail(text, match) or _host(text, match, scheme)
        if found is not None:
            end = found.end
            if found.href:
                yield found


def _with_scheme(text: str, match: re.Match[str]) -> Bare | None:
    length = bare_url_length(text, match.end(), len(text))
    if not length:
        return None
    return Bare(match.start(), match.end() + length, text[match.start() : match.end() + length])


def _mail(text: str, match: re.Match[str]) -> Bare | None:
    address = match[0].rstrip(".-")
    end = match.start() + len(address)
    if "@" not in address or not MAIL.fullmatch(address) or not AFTER_ADDRESS.match(text, end):
        return None
    return Bare(match.start(), end, f"mailto:{address}")


def _host(text: str, match: re.Match[str], scheme: str) -> Bare | None:
    name = match[0].rstrip(".-")
    host = HOST.fullmatch(name)
    if host is None or host[1] not in TOP_LEVEL:
        return None
    end = match.start() + len(name)
    if name == match[0] and (rest := REST.match(text, end)):
        end += url_length(rest[0])
    whole = AFTER_ADDRESS.match(text, end) is not None
    return Bare(match.start(), end, f"{scheme}://{text[match.start() : end]}" if whole else "")

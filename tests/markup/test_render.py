import pytest

from aloha_server.markup import Directory, render, render_description, truncate_content

HAMLET = '<span class="user-mention" data-user-id="28">@King Hamlet</span>'
SILENT_HAMLET = '<span class="user-mention silent" data-user-id="28">King Hamlet</span>'


BARE = '<a href="http://example.com">example.com</a>'
MAIL = '<a href="mailto:ada@x.org">ada@x.org</a>'
LINK = '<a href="/x">T5</a>'


def emoji(code: str, name: str) -> str:
    title = name.replace("_", " ")
    return f'<span aria-label="{title}" class="emoji emoji-{code}" role="img" title="{title}">:{name}:</span>'


def ticket(number: int) -> str:
    return f'<a href="https://t/{number}">T{number}</a>'


SMILE = emoji("1f642", "smile")
PARAGRAPHS = [
    # text and emphasis
    ("**b** *i* ~~d~~ `c`", "<strong>b</strong> <em>i</em> <del>d</del> <code>c</code>"),
    ("snake_case _x_ __y__", "snake_case _x_ __y__"),
    ("a\nb", "a<br>\nb"),
    (r"C:\_x \*y\* \d+\.", r"C:\_x \<em>y\</em> \d+\."),
    ("¯\\_(ツ)_/¯", "¯\\_(ツ)_/¯"),
    ("<b>x</b> & &lt;", "&lt;b&gt;x&lt;/b&gt; &amp; &lt;"),
    ("/poll lunch?\npizza", "/poll lunch?<br>\npizza"),
    ("![i](https://x.com/)", '!<a href="https://x.com/">i</a>'),
    # users
    ("@**King Hamlet**", HAMLET),
    ("@**king hamlet**", HAMLET),
    ("@**King Hamlet|28**", HAMLET),
    ("@**|28**", HAMLET),
    ("@_**King Hamlet|28**", SILENT_HAMLET),
    ("(@**King Hamlet**)", f"({HAMLET})"),
    ("a@**King Hamlet**", "a@<strong>King Hamlet</strong>"),
    ("@**Iago|28**", "@<strong>Iago|28</strong>"),
    ("@**Nobody**", "@<strong>Nobody</strong>"),
    ("@**Al**", "@<strong>Al</strong>"),
    ("@**Al|6**", '<span class="user-mention" data-user-id="6">@Al</span>'),
    ("@**<b>&**", '<span class="user-mention" data-user-id="7">@&lt;b&gt;&amp;</span>'),
    ("`@**King Hamlet**`", "<code>@**King Hamlet**</code>"),
    ("[@**King Hamlet**](https://x.com)", '<a href="https://x.com">@<strong>King Hamlet</strong></a>'),
    # groups and wildcards
    ("@*gold*", '<span class="user-group-mention" data-user-group-id="60">@gold</span>'),
    ("@_*gold*", '<span class="user-group-mention silent" data-user-group-id="60">gold</span>'),
    ("@*none*", "@<em>none</em>"),
    ("@**all**", '<span class="user-mention channel-wildcard-mention" data-user-id="*">@all</span>'),
    ("@**everyone**", '<span class="user-mention channel-wildcard-mention" data-user-id="*">@everyone</span>'),
    ("@**topic**", '<span class="topic-mention">@topic</span>'),
    ("@_**topic**", '<span class="topic-mention silent">topic</span>'),
    ("@**Gone**", '<span class="user-mention silent" data-user-id="8">Gone</span>'),
    ("@**Twin**", '<span class="user-mention" data-user-id="9">@Twin</span>'),
    # streams
    ("#**Denmark**", '<a class="stream" data-stream-id="12" href="/#narrow/channel/12-Denmark">#Denmark</a>'),
    ("#**None>t**", "#<strong>None&gt;t</strong>"),
    (
        "#**a & b>x.y**",
        '<a class="stream-topic" data-stream-id="13" href="/#narrow/channel/13-a-.26-b/topic/x.2Ey">'
        "#a &amp; b &gt; x.y</a>",
    ),
    (
        "#**Denmark>**",
        '<a class="stream-topic" data-stream-id="12" href="/#narrow/channel/12-Denmark/topic/">'
        "#Denmark &gt; <em>general chat</em></a>",
    ),
    (
        "#**Denmark>moved**",
        '<a class="stream-topic" data-stream-id="12" href="/#narrow/channel/12-Denmark/topic/moved/with/102">'
        "#Denmark &gt; moved</a>",
    ),
    (
        "#**Denmark>x@123**",
        '<a class="message-link" href="/#narrow/channel/12-Denmark/topic/x/near/123">#Denmark &gt; x @ 💬</a>',
    ),
    # emoji
    (":smile:", emoji("1f642", "smile")),
    (":thumbs_up: :+1:", f"{emoji('1f44d', 'thumbs_up')} {emoji('1f44d', '+1')}"),
    ("👍❤️", emoji("1f44d", "thumbs_up") + emoji("2764", "heart")),
    ("👩‍💻", emoji("1f469-200d-1f4bb", "woman_technologist")),
    ("👩🏽‍💻 © 1", "👩🏽‍💻 © 1"),
    ("nice:smile: :smile::smile:", f"nice{SMILE} {SMILE}{SMILE}"),
    ("std::a::b x:nope:y", "std::a::b x:nope:y"),
    (
        ":zulip:",
        '<img alt=":zulip:" class="emoji" src="/static/generated/emoji/images/emoji/unicode/zulip.png" title="zulip">',
    ),
    ("10:30:00 :nope: `:smile:`", "10:30:00 :nope: <code>:smile:</code>"),
    (
        ":party_parrot:",
        '<img alt=":party_parrot:" class="emoji" src="/user_avatars/2/emoji/3.png" title="party parrot">',
    ),
    # links
    ("https://a.b/c_d_e?f=g#h.", '<a href="https://a.b/c_d_e?f=g#h">https://a.b/c_d_e?f=g#h</a>.'),
    ("(https://a.b/x_(y))", '(<a href="https://a.b/x_(y)">https://a.b/x_(y)</a>)'),
    ("**https://a.b**", '<strong><a href="https://a.b">https://a.b</a></strong>'),
    ("[see https://a.b](https://c.d)", '<a href="https://c.d">see https://a.b</a>'),
    ("xhttps://a.b https:// https://.", "xhttps://a.b https:// https://."),
    (
        "on example.com, ada@x.org.",
        f"on {BARE}, {MAIL}.",
    ),
    ("`example.com` [example.com](/x) x.py", '<code>example.com</code> <a href="/x">example.com</a> x.py'),
    (
        "T12 **T3** `T4` [T5](/x) xT6",
        f'{ticket(12)} <strong>{ticket(3)}</strong> <code>T4</code> <a href="/x">T5</a> xT6',
    ),
    ("@**King Hamlet** T7, https://a.b/T8", f'{HAMLET} {ticket(7)}, <a href="https://a.b/T8">https://a.b/T8</a>'),
    (":) x:) `:)`", ":) x:) <code>:)</code>"),
    ("<https://a.b>", '<a href="https://a.b">https://a.b</a>'),
    ("[x](chat.test/c)", '<a href="http://chat.test/c">x</a>'),
    ("[x](mailto:a@b.c)", '<a href="mailto:a@b.c">x</a>'),
    ("[](https://a.b)", '<a href="https://a.b">https://a.b</a>'),
    ("[x](/help/y)", '<a href="/help/y">x</a>'),
    ('[x](https://a.b "t<")', '<a href="https://a.b" title="t&lt;">x</a>'),
    ("[x](javascript:alert)", "[x](javascript:alert)"),
    ("[x](java&#115;cript:a)", "[x](javascript:a)"),
    ("[x](//a.b)", "[x](//a.b)"),
    ("<data:x>", "&lt;data:x&gt;"),
    # times
    ("<time:2026-11-23T10:00:00Z>", '<time datetime="2026-11-23T10:00:00Z">2026-11-23T10:00:00Z</time>'),
    ("<time:2026-11-23T10:00+01:00>", '<time datetime="2026-11-23T09:00:00Z">2026-11-23T10:00+01:00</time>'),
    ("<time:60>", '<time datetime="1970-01-01T00:01:00Z">60</time>'),
    ("<time:60.5>", '<time datetime="1970-01-01T00:01:00Z">60.5</time>'),
    ("<time:soon>", '<span class="timestamp-error">Invalid time format: soon</span>'),
]


@pytest.mark.parametrize(("content", "inner"), PARAGRAPHS)
def test_paragraph(content: str, inner: str, directory: Directory) -> None:
    assert render(content, directory).html == f"<p>{inner}</p>"


BLOCKS = [
    ("", ""),
    ("# H", "<h1>H</h1>"),
    ("x\n---", "<p>x</p>\n<hr>"),
    ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
    (
        "``` {.x}\n\na\n\n```",
        '<div class="codehilite" data-code-language="x"><pre><span></span><code>a\n</code></pre></div>',
    ),
    ("    a <b>", '<div class="codehilite"><pre><span></span><code>a &lt;b&gt;\n</code></pre></div>'),
    (
        "```python\nprint(1)\n```",
        '<div class="codehilite" data-code-language="Python"><pre><span></span><code><span class="nb">print</span>'
        '<span class="p">(</span><span class="mi">1</span><span class="p">)</span>\n</code></pre></div>',
    ),
    (
        '```no"such\n<x>\n```',
        '<div class="codehilite" data-code-language="no&quot;such"><pre><span></span><code>&lt;x&gt;\n'
        "</code></pre></div>",
    ),
    ("```quoted\nx\n```", "<blockquote>\n<p>x</p>\n</blockquote>"),
    ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
    ("* a\n  * b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
    (
        "|a|b|\n|:-|-:|",
        '<table>\n<thead>\n<tr>\n<th style="text-align: left;">a</th>\n<th style="text-align: right;">b</th>\n</tr>\n'
        "</thead>\n<tbody>\n<tr>\n<td></td>\n<td></td>\n</tr>\n</tbody>\n</table>",
    ),
    ("> @**King Hamlet**", f"<blockquote>\n<p>{SILENT_HAMLET}</p>\n</blockquote>"),
    (
        "````quote\n@**King Hamlet**\n````\n@**King Hamlet**",
        f"<blockquote>\n<p>{SILENT_HAMLET}</p>\n</blockquote>\n<p>{HAMLET}</p>",
    ),
    (
        "```quote\n```text\nx\n```\ny\n```\nz",
        '<blockquote>\n<div class="codehilite" data-code-language="Text only"><pre><span></span>'
        "<code>x\n</code></pre></div>\n"
        "<p>y</p>\n</blockquote>\n<p>z</p>",
    ),
    (
        "```spoiler *head*\n@**King Hamlet**\n```",
        '<div class="spoiler-block"><div class="spoiler-header">\n<p><em>head</em></p>\n</div>'
        f'<div class="spoiler-content" aria-hidden="true">\n<p>{HAMLET}</p>\n</div></div>',
    ),
    (
        "- ```quote\n  a\n```text\nb\n```",
        "<ul>\n<li>\n<blockquote>\n<p>a</p>\n</blockquote>\n</li>\n</ul>\n"
        '<div class="codehilite" data-code-language="Text only"><pre><span></span><code>b\n</code></pre></div>',
    ),
    (
        "|a|b|\n|-|:-:|\n|1|2|",
        '<table>\n<thead>\n<tr>\n<th>a</th>\n<th style="text-align: center;">b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td>1</td>\n<td style="text-align: center;">2</td>\n</tr>\n</tbody>\n</table>',
    ),
]


@pytest.mark.parametrize(("content", "html"), BLOCKS)
def test_blocks(content: str, html: str, directory: Directory) -> None:
    assert render(content, directory).html == html


def test_emoticons_are_emoji_for_those_who_want_them(directory: Directory) -> None:
    html = render(':) x:) (: `:)`\n:( <3 :)x ":)".', directory, emoticons=True).html
    smile, frown, heart = emoji("1f642", "smile"), emoji("1f641", "frown"), emoji("2764", "heart")
    assert html == f"<p>{smile} x:) {smile} <code>:)</code><br>\n{frown} {heart} :)x &quot;{smile}&quot;.</p>"


def test_code_without_a_language_has_that_of_the_realm(directory: Directory) -> None:
    html = render("```\n1\n```", directory, code_language="python").html
    assert 'data-code-language="Python"' in html


def test_links_into_the_realm_become_relative(directory: Directory) -> None:
    content = "[m](http://chat.test/#narrow/channel/1-x/near/2) [f](http://chat.test/user_uploads/2/x.txt)"
    rendered = render(content, directory, realm_url="http://chat.test")
    assert rendered.html == '<p><a href="#narrow/channel/1-x/near/2">m</a> <a href="/user_uploads/2/x.txt">f</a></p>'
    assert rendered.attachment_paths == {"2/x.txt"}


def test_mentions_are_collected_but_not_silent_ones(directory: Directory) -> None:
    content = "@**Iago** @_**King Hamlet** @*gold* @**all** @**topic** `@**Al|5**`\n\n> @**Al|6**"
    rendered = render(content, directory)
    assert rendered.mentioned_user_ids == {29}
    assert rendered.mentioned_group_ids == {60}
    assert rendered.stream_wildcard
    assert rendered.topic_wildcard


def test_quoted_wildcards_notify_nobody(directory: Directory) -> None:
    rendered = render("```quote\n@**all** @**topic** @*gold*\n```", directory)
    assert not rendered.stream_wildcard
    assert not rendered.topic_wildcard
    assert not rendered.mentioned_group_ids


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("/me waves", True),
        ("/me a\nb", True),
        ("/men", False),
        ("x /me y", False),
        ("/me a\n\nb", False),
        ("/me", False),
    ],
)
def test_me_message_is_one_paragraph(content: str, expected: bool, directory: Directory) -> None:
    assert render(content, directory).is_me_message is expected


def test_links_images_and_attachments_are_told(directory: Directory) -> None:
    plain = render("#**Denmark**", directory)
    link = render("https://x.com", directory)
    image = render("https://x.com/y.png?z", directory)
    upload = render("[x](/user_uploads/2/ab/x.txt)", directory)
    told = [(r.has_link, r.has_image, bool(r.attachment_paths)) for r in (plain, link, image, upload)]
    assert told == [(False, False, False), (True, False, False), (True, True, False), (True, False, True)]
    assert upload.attachment_paths == {"2/ab/x.txt"}


def test_description_is_one_paragraph_that_mentions_nobody(directory: Directory) -> None:
    assert render_description("a *desc*\n# b", directory) == "<p>a <em>desc</em> # b</p>"
    assert render_description("by @**King Hamlet**", directory) == f"<p>by {SILENT_HAMLET}</p>"
    assert render_description(" \n", directory) == ""


def test_truncated_content_ends_with_the_mark() -> None:
    assert truncate_content("x" * 50, 50) == "x" * 50
    cut = truncate_content("x" * 51, 50)
    assert len(cut) == 50
    assert cut.endswith("x\n[message truncated]")

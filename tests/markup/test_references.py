from hypothesis import given
from hypothesis import strategies as st

from aloha_server.markup import Directory, References, find_references, render


def test_references_are_what_the_text_names() -> None:
    content = (
        "@**King Hamlet** @**Al|5** @**|6** @_*Gold* @**all** @**topic** :smile: :own:\n\n"
        "[f](/user_uploads/2/ab/x%20y.txt) /user_uploads/2/plain [g](https://a.b/user_uploads/2/other)\n\n"
        "> #**Denmark** #**Verona>t** #**Verona>u@9** `@**Code** :code:`\n\n```\n@**Block**\n```"
    )
    assert find_references(content) == References(
        user_names=frozenset({"king hamlet"}),
        user_ids=frozenset({5, 6}),
        stream_names=frozenset({"denmark", "verona"}),
        emoji_names=frozenset({"smile", "own"}),
        group_names=frozenset({"gold"}),
        topics=frozenset({("verona", "t"), ("verona", "u")}),
        upload_paths=frozenset({"2/ab/x y.txt"}),
    )


def test_plain_text_names_nothing() -> None:
    assert find_references("a @ b # c : d **e** 10:30") == References()


class Recorder(dict[object, object]):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[object] = set()

    def get(self, key: object, default: object = None) -> object:
        self.asked.add(key)
        return default


PIECES = [
    "@**",
    "**",
    "@*",
    "*",
    "#**",
    ">",
    "@",
    "|5",
    "A",
    "b c",
    ":",
    "x_",
    "`",
    "\n",
    "> ",
    "```\n",
    "[",
    "](/u)",
    "_",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_rendering_asks_for_nothing_that_was_not_found(content: str) -> None:
    found = find_references(content)
    names, ids, streams, groups, own = (Recorder() for _ in range(5))
    render(content, Directory(ids, names, streams, groups, own))  # type: ignore[arg-type]  # dicts of any kind
    assert names.asked <= found.user_names
    assert ids.asked <= found.user_ids
    assert streams.asked == found.stream_names
    assert groups.asked == found.group_names
    assert own.asked == found.emoji_names

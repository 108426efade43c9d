"""What a search finds and how it shows it: the same on every backend."""

import pytest
from tests.messages.kit import Desk
from tests.messages.test_api import call

from aloha.contract.endpoints.messages import GetMessages
from aloha.contract.endpoints.reading import MatchesNarrow
from aloha.contract.errors import BadNarrowError
from aloha_server.api import history

HIT = '<span class="highlight">{}</span>'


def find(desk: Desk, text: str, *terms: object, who: str = "bob") -> list[int]:
    """By the page that a client asks for, and by the condition alone: both find the same."""
    narrow = [["search", text], *terms]
    asked = GetMessages(anchor="newest", num_before=100, num_after=0, narrow=narrow)  # type: ignore[arg-type]
    page = [message["id"] for message in call(desk, who, history.get_many, asked)["messages"]]
    assert page == desk.find(who, *narrow)
    return page


# content: queries that find it, queries that do not
TEXTS: dict[str, tuple[list[str], list[str]]] = {
    "Hot soup at **noon**, not later!": (
        ["soup", "SOUP noon", '"hot soup"', '"soup at noon"', "noon hot", "soup* lat*", '"HOT   soup,"', "(soup)"],
        ["sou", '"soup hot"', "soup dinner", "strong", '"soup noon"', "oup*"],
    ),
    "Crème brûlée in der Straße, ΖΕΥΣ": (
        ["creme", "CRÈME brulee", "strasse", "STRASSE", "ζεύς", "Cre\u0300me"],
        ["crem", "stras"],
    ),
    "see `get_user_id()` and https://example.com/menu?day=1, can't": (
        ["get_user_id", "user", "example.com", "can't", "can’t", "GET_USER*"],
        ["user_get", "href", "example.menu", "rel"],
    ),
    "東京タワーは高い": (
        ["東京", "京タ", "タワー", "東", "い", '"タワーは高い"', "は高 東京"],
        ["京東", "大阪", "東タ"],
    ),
    "서울에서 만나요 kim": (["서울", "만나요 kim", '"요 kim"'], ["부산"]),
    "ｆｕｌｌ ﬁne İstanbul 12½ x²": (["full fine", "istanbul", "x2"], ["ful"]),
    "a < b && c > d &amp; `<b>`": (["b c", '"c d"'], ["amp", "lt", "quot"]),
}


def test_words_phrases_and_folding(desk: Desk) -> None:
    for content, (found, missed) in TEXTS.items():
        sent = desk.send("ann", "general", content=content)
        for query in found:
            assert find(desk, query) == [sent], query
        for query in missed:
            assert find(desk, query) == [], query
        desk.delete("owner", sent)
        assert find(desk, found[0]) == []


HOSTILE = [
    '"', '""', "'", "*", "a*b*", "AND", "OR NOT", "NEAR(a b)", "topic:lunch", "content : x", "{topic content} : x", "(",
    ")", "-soup", "^soup", "soup\0noon", "a & b | !c <-> d", ":*", "\\", "\\'", "'; --", "%", "_", "\U0001f389", "\xff",
    '"unclosed phrase', "\u0301", "\xa71\xa72", "x" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("negated", [False, True])
def test_no_query_is_more_than_words(desk: Desk, negated: bool) -> None:
    sent = desk.send("ann", "general", content="soup")
    for text in HOSTILE:
        term = {"operator": "search", "operand": text, "negated": negated}
        found = desk.find("bob", term, ["channel", "general"])
        assert (sent in found) == (negated != (text in ("-soup", "^soup"))), text
    with pytest.raises(BadNarrowError):
        desk.find("bob", ["search", " ".join(f"w{number}" for number in range(65))])


def test_a_search_is_in_topics_too_and_follows_every_change(desk: Desk) -> None:
    first = desk.send("ann", "general", "Lunch menu", "potatoes")
    second = desk.send("ann", "general", "Lunch menu", "beans")
    assert find(desk, "menu") == [first, second]
    assert find(desk, "lunch potatoes") == [first]
    assert find(desk, '"menu potatoes"') == []  # no phrase reaches from the topic into the content
    desk.edit("ann", first, "rice")
    assert (find(desk, "potatoes"), find(desk, "rice menu")) == ([], [first])
    desk.edit("owner", first, topic="Dinner", propagate_mode="change_all", notify_new_thread=False)
    assert (find(desk, "menu"), find(desk, "dinner")[:2]) == ([], [first, second])
    desk.edit("owner", first, topic="\N{HEAVY CHECK MARK} Dinner", propagate_mode="change_all")
    assert find(desk, "dinner rice") == [first]
    desk.subscribe("owner", "kitchen", people=["owner", "ann", "bob"])
    desk.edit("owner", second, stream_id=desk.stream_id("kitchen"), notify_new_thread=False)
    assert find(desk, "beans", ["channel", "kitchen"]) == [second]
    assert find(desk, "beans", ["channel", "general"]) == []
    desk.delete("owner", second)
    assert find(desk, "beans") == []
    desk.check()


def test_a_search_is_a_narrow_among_others(desk: Desk) -> None:
    lunch, dinner = (desk.send("ann", "general", topic, "tasty soup") for topic in ("lunch", "dinner"))
    direct, group = desk.write("ann", "bob", content="soup?"), desk.write("ann", "bob", "owner", content="soup!")
    secret = desk.send("ann", "secret", content="secret soup")
    ann = desk.ids["ann"]
    assert find(desk, "soup") == [lunch, dinner, direct, group, secret]
    assert find(desk, "soup", ["channel", "general"]) == [lunch, dinner]
    assert find(desk, "soup", ["channel", "general"], ["topic", "DINNER"]) == [dinner]
    assert find(desk, "soup", ["dm", [ann]]) == [direct]
    assert find(desk, "soup", ["is", "dm"]) == [direct, group]
    assert find(desk, "soup", ["search", "tasty"], ["sender", ann]) == [lunch, dinner]
    without = {"operator": "search", "operand": "tasty", "negated": True}
    assert find(desk, "soup", without) == [direct, group, secret]
    assert secret not in find(desk, "soup", who="owner")
    asked = GetMessages(anchor="newest", num_before=1, num_after=0, narrow=[("search", "soup")])
    assert [message["id"] for message in call(desk, "owner", history.get_many, asked)["messages"]] == [group]
    assert find(desk, "soup", ["search", "!"]) == []


def test_pages_of_a_search(desk: Desk) -> None:
    ids = [desk.send("ann", "general", content=f"soup {number}") for number in range(6)]

    def page(anchor: object, before: int, after: int) -> tuple[list[int], bool, bool]:
        asked = GetMessages(anchor=str(anchor), num_before=before, num_after=after, narrow=[("search", "soup")])
        answer = call(desk, "bob", history.get_many, asked)
        return [message["id"] for message in answer["messages"]], answer["found_oldest"], answer["found_newest"]

    assert page("newest", 2, 0) == (ids[4:], False, True)
    assert page("oldest", 0, 2) == (ids[:2], True, False)
    assert page(ids[2], 1, 1) == (ids[1:4], False, False)
    assert page("first_unread", 0, 10) == (ids, True, True)


def test_matches_are_marked_in_text_only(desk: Desk) -> None:
    content = '[span](https://example.com/span "span") span **Sp**an &amp; Crème `span<b>`'
    sent = desk.send("ann", "general", "span & <b>", content)
    rendered = desk.show("bob", sent)[0].content
    asked = GetMessages(anchor="newest", num_before=1, num_after=0, narrow=[("search", 'span "creme span"')])
    [message] = call(desk, "bob", history.get_many, asked)["messages"]
    hit = HIT.format("span")
    assert message["match_subject"] == f"{hit} &amp; &lt;b&gt;"
    assert message["content"] == rendered
    assert message["match_content"].count("highlight") == 4
    unmarked = message["match_content"]
    for word in ("span", "Crème"):
        unmarked = unmarked.replace(HIT.format(word), word)
    assert unmarked == rendered
    assert 'href="https://example.com/span"' in message["match_content"]
    assert f">{hit}</a> {hit} <strong>Sp</strong>an" in message["match_content"]


def test_matches_narrow_tells_which_messages_match(desk: Desk) -> None:
    sent = desk.send("ann", "general", "", "東京タワー <soup>")
    other = desk.send("ann", "general", "<i>", "beans")
    secret = desk.send("owner", "general", "lunch", "soup")
    desk.subscribe("owner", "crew", invite_only=True)
    hidden = desk.send("owner", "crew", content="soup")

    def matches(*narrow: tuple[str, str]) -> dict[str, dict[str, str]]:
        asked = MatchesNarrow(msg_ids=[sent, other, secret, hidden, 10**6], narrow=list(narrow))
        found: dict[str, dict[str, str]] = call(desk, "bob", history.get_matches, asked)["messages"]
        return found

    assert matches(("search", "京タ soup"), ("channel", "general")) == {
        str(sent): {
            "match_content": f"<p>東{HIT.format('京タ')}ワー &lt;{HIT.format('soup')}&gt;</p>",
            "match_subject": "",
        }
    }
    assert matches(("topic", "<i>")) == {str(other): {"match_content": "<p>beans</p>", "match_subject": "&lt;i&gt;"}}
    assert set(matches(("search", "soup"))) == {str(sent), str(secret)}

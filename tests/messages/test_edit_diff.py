"""The marks of an edit."""

from aloha_server.reads.edit_diff import html_diff


def test_what_was_added_and_removed_is_marked_within_the_new_tags() -> None:
    assert html_diff("<p>soup at noon</p>", "<p>soup at <strong>one</strong></p>") == (
        '<div><p>soup at <strong><span class="highlight_text_inserted">one</span></strong>'
        '<span class="highlight_text_deleted">noon</span></p></div>'
    )


def test_the_same_text_has_no_marks() -> None:
    assert html_diff("<p>a</p>", "<p>a</p>") == "<div><p>a</p></div>"


def test_removed_tags_do_not_come_back() -> None:
    shown = html_diff('<p><a href="x">old</a></p>', "<p>new</p>")
    assert "<a" not in shown
    assert '<span class="highlight_text_deleted">old</span>' in shown


def test_long_texts_are_compared_as_wholes() -> None:
    shown = html_diff("<p>" + "a " * 3000 + "</p>", "<p>" + "b " * 3000 + "</p>")
    assert shown.count("<span") == 2

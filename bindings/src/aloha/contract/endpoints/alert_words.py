"""The words on which a user wants to be alerted."""

from typing import Annotated

from aloha.contract.endpoint import Endpoint, Field, Param, Request, Result


class GetAlertWords(Request, frozen=True, kw_only=True):
    pass


class AddAlertWords(Request, frozen=True, kw_only=True):
    alert_words: Annotated[
        list[str], Param("Words or phrases, each of at most 100 characters.", json=True, example=["deploy", "on fire"])
    ]


class RemoveAlertWords(Request, frozen=True, kw_only=True):
    alert_words: Annotated[list[str], Param("The words or phrases to remove.", json=True, example=["deploy"])]


class AlertWordsResult(Result, kw_only=True):
    alert_words: Annotated[list[str], Field("All of the user's words, as they are now.")]


get_alert_words = Endpoint(
    name="get_alert_words",
    method="GET",
    path="/users/me/alert_words",
    area="users",
    summary="Get your alert words",
    doc="Lists the words and phrases that mark messages with `has_alert_word` for the user.",
    params=GetAlertWords,
    result=AlertWordsResult,
    example_result={"alert_words": ["deploy", "on fire"]},
)

add_alert_words = Endpoint(
    name="add_alert_words",
    method="POST",
    path="/users/me/alert_words",
    area="users",
    summary="Add alert words",
    doc="Adds words. Those that are there already, in whatever case, stay as they are.",
    params=AddAlertWords,
    result=AlertWordsResult,
    errors=("BAD_REQUEST",),
    example_result={"alert_words": ["deploy", "on fire"]},
)

remove_alert_words = Endpoint(
    name="remove_alert_words",
    method="DELETE",
    path="/users/me/alert_words",
    area="users",
    summary="Remove alert words",
    doc="Removes words. Those that are not there are passed over.",
    params=RemoveAlertWords,
    result=AlertWordsResult,
    example_result={"alert_words": ["on fire"]},
)

"""Words whose appearance a user wants to hear of."""

from aloha.contract.endpoints.alert_words import (
    AddAlertWords,
    AlertWordsResult,
    GetAlertWords,
    RemoveAlertWords,
    add_alert_words,
    get_alert_words,
    remove_alert_words,
)

from ..access.alert_words import load_alert_words
from ..access.users import acting_user
from ..actions import alert_words as actions
from .context import Context, Services
from .routing import Routes

routes = Routes()


@routes.handles(get_alert_words)
async def show(ctx: Context[Services], params: GetAlertWords) -> AlertWordsResult:
    del params
    words = await ctx.read(lambda tx: load_alert_words(tx, acting_user(tx, ctx.user.user_id).user_id))
    return AlertWordsResult(alert_words=words)


@routes.handles(add_alert_words)
async def add(ctx: Context[Services], params: AddAlertWords) -> AlertWordsResult:
    words = await ctx.write(
        lambda tx: actions.add_alert_words(tx, acting_user(tx, ctx.user.user_id), params.alert_words)
    )
    return AlertWordsResult(alert_words=words)


@routes.handles(remove_alert_words)
async def remove(ctx: Context[Services], params: RemoveAlertWords) -> AlertWordsResult:
    words = await ctx.write(
        lambda tx: actions.remove_alert_words(tx, acting_user(tx, ctx.user.user_id), params.alert_words)
    )
    return AlertWordsResult(alert_words=words)

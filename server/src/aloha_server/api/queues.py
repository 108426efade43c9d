"""`POST /register` and `DELETE /events`."""

from aloha.contract import ALOHA_FEATURE_LEVEL, FEATURE_LEVEL, VERSION, ZULIP_VERSION
from aloha.contract.endpoint import UNSET, Empty
from aloha.contract.endpoints.events import DeleteQueue, RegisterQueue, delete_queue, get_events, register_queue
from aloha.contract.errors import ApiError, BadEventQueueError
from aloha.contract.narrow import parse_register_narrow
from aloha.contract.register import SECTIONS, ClientCapabilities, RegisterResult

from ..access.users import acting_user
from ..events import queues
from ..events.log import read_head
from ..events.queues import LIFESPAN_S_DEFAULT, LIFESPAN_S_MAX, LIFESPAN_S_MOBILE, QueueSpec
from ..reads.initial_state import read_state
from ..reads.view import StateRequest, View
from ..store import Tx, WriteTx
from .context import Context, Services
from .presence import check_history_days
from .routing import Routes

routes = Routes()
routes.waits(get_events)

LIFESPAN_S_MIN = 120  # twice the longest wait: a queue that is polled does not end


@routes.handles(register_queue)
async def register(ctx: Context[Services], params: RegisterQueue) -> RegisterResult:
    """The snapshot and the head are read in one transaction; the queue begins there."""
    user_id = ctx.user.user_id
    spec = make_spec(params)
    wanted = wanted_types(params)
    request = StateRequest(
        capabilities=spec.capabilities,
        client_gravatar=spec.client_gravatar,
        include_subscribers=bool(params.include_subscribers),
        slim_presence=params.slim_presence,
        apply_markdown=params.apply_markdown,
        unread=wanted is None or "update_message_flags" in wanted,
        presence_history_days=check_history_days(params.presence_history_limit_days),
    )
    sections = [name for name in SECTIONS if wanted is None or name in wanted]

    def read(tx: Tx) -> tuple[int, dict[str, object]]:
        user = acting_user(tx, user_id)
        if params.all_public_streams and user.is_guest:
            raise ApiError("User not authorized for this query")
        services = ctx.services
        view = View(tx, user, request, ctx.base_url, services.settings, presences=services.presences)
        return read_head(tx).position, read_state(view, sections)

    position, state = await ctx.read(read)
    state = ctx.services.keys.reveal_state(state)
    lifespan_s = make_lifespan(params)

    def create(tx: WriteTx) -> str:
        acting_user(tx, user_id)
        return queues.create_queue(
            tx, user_id=user_id, client=ctx.client, spec=spec, start=position, lifespan_s=lifespan_s
        )

    queue_id = await ctx.write(create)
    return RegisterResult(
        queue_id=queue_id,
        last_event_id=position,
        zulip_version=ZULIP_VERSION,
        zulip_feature_level=FEATURE_LEVEL,
        zulip_merge_base="",
        aloha_version=VERSION,
        aloha_feature_level=ALOHA_FEATURE_LEVEL,
        **state,  # type: ignore[arg-type]  # each section's fields are checked against the contract by the tests
    )


def make_spec(params: RegisterQueue) -> QueueSpec:
    """What the queue will be asked with every event."""
    capabilities = params.client_capabilities
    gravatar = params.client_gravatar
    return QueueSpec(
        event_types=None if params.event_types is UNSET else tuple(params.event_types),
        narrow=parse_register_narrow(params.narrow),
        all_public_streams=params.all_public_streams,
        apply_markdown=params.apply_markdown,
        client_gravatar=True if gravatar is UNSET else bool(gravatar),
        slim_presence=params.slim_presence,
        capabilities=ClientCapabilities() if capabilities is UNSET else capabilities,
    )


def wanted_types(params: RegisterQueue) -> list[str] | None:
    """The event types whose state is wanted: as asked for, else those of the queue; None is all."""
    if params.fetch_event_types is not UNSET:
        return params.fetch_event_types
    return None if params.event_types is UNSET else params.event_types


def make_lifespan(params: RegisterQueue) -> float:
    """Seconds without a poll after which the queue ends."""
    asked = params.idle_queue_timeout if params.idle_queue_timeout is not UNSET else params.queue_lifespan_secs
    if asked is UNSET:
        return LIFESPAN_S_DEFAULT
    if asked == "mobile":
        return LIFESPAN_S_MOBILE
    assert isinstance(asked, int)
    if asked <= 0:
        raise ApiError("idle_queue_timeout must be positive")
    return min(max(asked, LIFESPAN_S_MIN), LIFESPAN_S_MAX)


@routes.handles(delete_queue)
async def delete(ctx: Context[Services], params: DeleteQueue) -> Empty:
    def end(tx: WriteTx) -> None:
        row = queues.load_queue(tx, params.queue_id)
        if row is None or row[1] != ctx.user.user_id:
            raise BadEventQueueError(params.queue_id)
        queues.delete_queue(tx, params.queue_id)

    await ctx.write(end)
    return Empty()

"""For each sample, what was there before its request. A scene gives our names for the recorded ids and words."""

import base64
from collections.abc import Callable

from tests.samples.stage import Names, Stage

Scene = Callable[[Stage], Names]
SCENES: dict[str, Scene] = {}
# A picture of 2 by 2 pixels.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP8z8DAwMDAxAADCAYAFQECAUKiJ6cAAAAASUVORK5CYII="
)


def scene(*samples: str) -> Callable[[Scene], Scene]:
    """Decorates the scene of these samples."""

    def register(made: Scene) -> Scene:
        for sample in samples:
            assert sample not in SCENES, sample
            SCENES[sample] = made
        return made

    return register


# Sending.


@scene("message_stream", "message_me", "message_poll_widget", "message_code_math_spoiler")
def a_new_topic(stage: Stage) -> Names:
    return {"gold": stage.topic(), "11": stage.verona()}


@scene("message_stream_2", "message_wildcard_mention")
def a_topic_with_everybody_in_it(stage: Stage) -> Names:
    topic = stage.topic()
    for who in ("iago", "hamlet", "cordelia"):
        stage.say(who, topic=topic)
    return {"gold": topic, "11": stage.verona()}


SCENES["message_me"] = SCENES["message_poll_widget"] = SCENES["message_code_math_spoiler"] = (
    a_topic_with_everybody_in_it
)


@scene("message_empty_topic", "err_long_message_ok_truncated", "message_dm", "message_dm_group", "message_dm_self")
def verona_alone(stage: Stage) -> Names:
    return {"11": stage.verona(), "user28@aloha.example": stage.hamlet.email}


@scene("message_private_stream")
def a_private_channel(stage: Stage) -> Names:
    return {"31": stage.stream(stage.fresh("secret"), "iago", "hamlet", "cordelia", invite_only=True)}


@scene("message_group_mention")
def a_group(stage: Stage) -> Names:
    name = stage.fresh("goldgroup")
    members = [stage.ids["hamlet"], stage.ids["iago"]]
    stage.iago.post("/user_groups/create", name=name, description="", members=members)
    return {"goldgroup2": name, "gold": stage.topic(), "11": stage.verona()}


@scene("message_with_attachment")
def a_file_of_hamlets(stage: Stage) -> Names:
    _, body = stage.upload(stage.hamlet, "/user_uploads", "gold.txt", b"hello world")
    topic = stage.topic()
    stage.say("hamlet", topic=topic)
    return {
        "/user_uploads/4/15/uG-reMwQvpeCTvbga1HQIu15/gold.txt": body["url"],
        "gold": topic,
        "11": stage.verona(),
    }


@scene("err_send_no_permission")
def a_channel_for_announcements(stage: Stage) -> Names:
    id_ = stage.stream(stage.fresh("golden-pub"))
    admins = next(g["id"] for g in stage.iago.get("/user_groups")["user_groups"] if g["name"] == "role:administrators")
    stage.iago.patch(f"/streams/{id_}", can_send_message_group={"new": admins})
    return {"30": id_}


# Messages that are there.


def a_message(stage: Stage) -> Names:
    """Cordelia's first of a topic in which all others wrote."""
    topic = stage.topic()
    id_ = stage.say("cordelia", "edited **content** @**Iago**", topic=topic)
    for who in ("hamlet", "iago", "desdemona"):
        stage.say(who, topic=topic)
    return {"102": id_, "103": id_ + 1, "104": id_ + 2, "111": id_, "gold": topic, "11": stage.verona()}


for sample in (
    "delete_message", "delete_message_content_empty", "err_edit_nothing", "err_invalid_flag",
    "err_invalid_flag_op", "err_invalid_json_param", "err_invalid_json_type", "err_reaction_bad_message",
    "err_reaction_remove_nonexistent", "reaction_add", "typing_edit_message_start",
    "update_flags_star", "get_messages_is_mentioned", "messages_matches_narrow", "err_missing_topic", "err_null_bytes",
):  # fmt: skip
    SCENES[sample] = a_message


@scene(
    "get_message_history",
    "get_message_single",
    "get_messages_newest_html",
    "get_messages_newest_raw",
    "get_messages_search",
)
def an_edited_message(stage: Stage) -> Names:
    names = a_message(stage)
    topic = str(names["gold"])
    stage.cordelia.patch(f"/messages/{names['102']}", content="edited **content** once more")
    stage.iago.patch(f"/messages/{names['102']}", topic=f"{topic}-renamed", propagate_mode="change_all")
    stage.iago.patch(f"/messages/{names['102']}", topic=topic, propagate_mode="change_all")
    return names


@scene("err_edit_others_message")
def a_message_of_somebody_else(stage: Stage) -> Names:
    return {"103": stage.say("cordelia", topic=stage.topic())}


@scene("update_message_content")
def a_message_without_mention(stage: Stage) -> Names:
    topic = stage.topic()
    for who in ("cordelia", "iago", "hamlet"):
        id_ = stage.say(who, topic=topic)
    return {"102": id_ - 2}


@scene("update_message_topic_one")
def hamlets_message_moved_by_cordelia(stage: Stage) -> Names:
    topic = stage.topic()
    stage.say("hamlet", topic=topic)
    id_ = stage.say("cordelia", topic=topic)
    return {"103": id_, "gold-moved": f"{topic}-moved"}


@scene("update_message_topic_all")
def a_followed_topic(stage: Stage) -> Names:
    topic = stage.topic()
    id_ = stage.say("cordelia", "hi @**Iago**", topic=topic)
    for who, policy in (("hamlet", 3), ("iago", 0)):
        stage.people[who].post("/user_topics", stream_id=stage.verona(), topic=topic, visibility_policy=policy)
    return {"102": id_, "gold-renamed": f"{topic}-renamed", "gold": topic}


@scene("topic_unresolve")
def a_resolved_topic(stage: Stage) -> Names:
    topic = stage.topic()
    id_ = stage.say("prospero", "hi @**Iago**", topic=topic)
    stage.say("prospero", topic=topic)
    resolved = f"\N{HEAVY CHECK MARK} {topic}"
    stage.iago.patch(f"/messages/{id_}", topic=resolved, propagate_mode="change_all")
    stage.iago.post("/user_topics", stream_id=stage.verona(), topic=resolved, visibility_policy=0)
    return {"102": id_, "gold": topic}


@scene("delete_topic")
def a_topic_of_eleven(stage: Stage) -> Names:
    topic, verona = stage.topic(), stage.verona()
    for _ in range(11):
        stage.say("prospero", topic=topic)
    for who in ("iago", "hamlet"):
        stage.people[who].post("/user_topics", stream_id=verona, topic=topic, visibility_policy=3)
    return {"gold": topic, "11": verona}


@scene("delete_message_dm", "get_messages_ids", "update_flags_read")
def direct_messages(stage: Stage) -> Names:
    names = an_edited_message(stage)
    return {**names, "106": stage.tell("cordelia", "hamlet", "iago", content="group dm")}


@scene("get_messages_dm")
def a_conversation(stage: Stage) -> Names:
    stage.tell("cordelia", "hamlet")
    return {}


@scene("get_messages_first_unread", "update_flags_narrow", "mark_all_as_read")
def something_unread(stage: Stage) -> Names:
    for reader in ("hamlet", "cordelia"):
        stage.people[reader].post("/mark_all_as_read")
    stage.say("desdemona", topic=stage.topic())
    return {}


@scene("submessage")
def a_poll(stage: Stage) -> Names:
    return {"111": stage.say("cordelia", "/poll lunch?\npizza\nsushi", topic=stage.topic())}


@scene("reaction_realm_emoji", "realm_emoji_remove")
def an_emoji(stage: Stage) -> Names:
    name = stage.fresh("goldmoji")
    stage.upload(stage.iago, f"/realm/emoji/{name}", "gold.png", PNG)
    return {**a_message(stage), "goldmoji": name}


@scene("realm_emoji_add")
def a_picture(stage: Stage) -> Names:
    stage.file_name, stage.file = "gold.png", PNG
    return {"goldmoji": stage.fresh("goldmoji")}


@scene("update_message_remove_attachment")
def a_message_with_a_file(stage: Stage) -> Names:
    _, body = stage.upload(stage.hamlet, "/user_uploads", "gold.txt", b"hello world")
    return {"137": stage.say("hamlet", f"[gold.txt]({body['url']})", topic=stage.topic())}


# Files.


@scene("upload_file")
def a_text(stage: Stage) -> Names:
    stage.file_name, stage.file = "gold.txt", b"hello world"
    return {}


@scene("upload_image")
def an_image(stage: Stage) -> Names:
    stage.file_name, stage.file = "gold.png", PNG
    return {}


@scene("get_upload_temp_url", "get_attachments")
def an_upload(stage: Stage) -> Names:
    _, body = stage.upload(stage.hamlet, "/user_uploads", "gold.txt", b"hello world")
    return {"/user_uploads/4/15/uG-reMwQvpeCTvbga1HQIu15/gold.txt": body["url"]}


@scene("avatar_delete")
def an_avatar(stage: Stage) -> Names:
    stage.upload(stage.hamlet, "/users/me/avatar", "me.png", PNG)
    return {}


# Channels.


@scene("stream_create_public")
def a_name(stage: Stage) -> Names:
    return {"golden-pub": stage.fresh("golden-pub")}


@scene("stream_update_description", "stream_update_name", "stream_update_webpublic")
def a_channel_with_a_guest(stage: Stage) -> Names:
    name = stage.fresh("golden-pub")
    stream_id = stage.stream(name, "iago", "hamlet", "polonius")
    return {"30": stream_id, "golden-pub2": f"{name}-renamed"}


@scene("subscription_update_color", "subscription_update_one")
def a_channel(stage: Stage) -> Names:
    name = stage.fresh("golden-pub")
    return {"30": stage.stream(name, "iago", "hamlet"), "golden-pub": name}


SCENES["subscription_add_guest"] = SCENES["subscription_self_add"] = a_channel


@scene("subscription_self_remove")
def a_channel_of_cordelia(stage: Stage) -> Names:
    name = stage.fresh("golden-pub")
    stage.stream(name, "iago", "hamlet", "cordelia", "polonius")
    return {"golden-pub": name}


@scene("default_stream_remove")
def a_default_channel(stage: Stage) -> Names:
    stream_id = stage.stream(stage.fresh("golden-pub"), "iago")
    stage.iago.post("/default_streams", stream_id=stream_id)
    return {"30": stream_id}


@scene("default_stream_group_create")
def a_channel_for_a_group(stage: Stage) -> Names:
    name = stage.fresh("golden-pub")
    stage.stream(name, "iago")
    return {"golden-pub2": name, "dsg": stage.fresh("dsg")}


@scene(
    "get_stream_by_id", "get_stream_email", "get_stream_id", "get_subscription_status", "typing_start_dm",
    "typing_stop_dm", "drafts_add", "invite_create", "err_typing_bad_op",
)  # fmt: skip
def verona(stage: Stage) -> Names:
    return {"11": stage.verona()}


@scene("user_topic_mute", "muted_topics_legacy_add")
def a_topic(stage: Stage) -> Names:
    topic = stage.topic()
    stage.say("desdemona", topic=topic)
    return {"gold": topic, "11": stage.verona()}


@scene("user_topic_none")
def a_muted_topic(stage: Stage) -> Names:
    names = a_topic(stage)
    stage.hamlet.post("/user_topics", stream_id=names["11"], topic=names["gold"], visibility_policy=1)
    return names


# People.


@scene("user_status_clear")
def a_status(stage: Stage) -> Names:
    stage.cordelia.post("/users/me/status", status_text="away", emoji_name="tada")
    return {}


@scene("presence_active")
def everybody_offline(stage: Stage) -> Names:
    stage.clock.ahead_s += 3600
    return {}


@scene("presence_ping_only")
def iago_online(stage: Stage) -> Names:
    stage.iago.post("/users/me/presence", status="active")
    stage.settle()
    return {}


@scene("get_presence_one", "get_realm_presence", "presence_last_update")
def cordelia_online(stage: Stage) -> Names:
    stage.cordelia.post("/users/me/presence", status="active")
    return {}


@scene("settings_presence_enabled")
def hamlet_visible(stage: Stage) -> Names:
    stage.hamlet.patch("/settings", presence_enabled=True)
    stage.hamlet.post("/users/me/presence", status="active")
    return {}


@scene("settings_presence_enabled_back")
def hamlet_invisible(stage: Stage) -> Names:
    stage.hamlet.patch("/settings", presence_enabled=False)
    return {}


@scene("settings_email_visibility")
def a_hidden_address(stage: Stage) -> Names:
    stage.hamlet.patch("/settings", email_address_visibility=3)
    return {}


@scene("settings_language_back")
def german(stage: Stage) -> Names:
    stage.hamlet.patch("/settings", default_language="de")
    return {}


@scene("settings_notif", "settings_timezone", "settings_twenty_four", "settings_emojiset", "settings_language")
def settings_as_they_come(stage: Stage) -> Names:
    stage.hamlet.patch(
        "/settings", enable_desktop_notifications=True, enable_sounds=True, timezone="", twenty_four_hour_time=False,
        emojiset="google", default_language="en",
    )  # fmt: skip
    return {}


@scene("alert_words_remove")
def an_alert_word(stage: Stage) -> Names:
    stage.hamlet.post("/users/me/alert_words", alert_words=["goldalert"])
    return {}


@scene("alert_words_add")
def no_alert_words(stage: Stage) -> Names:
    stage.hamlet.delete("/users/me/alert_words", alert_words=["goldalert", "x y"])
    return {}


@scene("realm_user_update_name")
def cordelia_herself(stage: Stage) -> Names:
    stage.iago.patch(f"/users/{stage.ids['cordelia']}", full_name="Cordelia, Lear's daughter")
    return {}


@scene("realm_user_update_role", "err_admin_required_user")
def cordelia_a_member(stage: Stage) -> Names:
    stage.desdemona.patch(f"/users/{stage.ids['cordelia']}", role=400)
    return {}


@scene("realm_user_update_role_back")
def cordelia_a_moderator(stage: Stage) -> Names:
    stage.desdemona.patch(f"/users/{stage.ids['cordelia']}", role=300)
    return {}


@scene("realm_bot_update", "realm_bot_regen_key", "get_bots")
def a_bot(stage: Stage) -> Names:
    name = stage.fresh("gold")
    made = stage.iago.post("/bots", full_name=name, short_name=name, bot_type=1)
    return {"42": made["user_id"], "Gold Bot 2": f"{name} 2"}


@scene("get_user_by_email")
def cordelias_address(stage: Stage) -> Names:
    return {"cordelia@aloha.example": stage.cordelia.email}


@scene("custom_profile_field_add")
def a_field_name(stage: Stage) -> Names:
    return {"Gold": stage.fresh("Gold")}


@scene("custom_profile_field_update", "get_profile_fields")
def a_field(stage: Stage) -> Names:
    name = stage.fresh("Gold")
    made = stage.iago.post("/realm/profile_fields", name=name, hint="h", field_type=1)
    return {"19": made["id"], "Gold2": f"{name} 2"}


# What somebody keeps.


@scene("drafts_remove", "drafts_update")
def a_draft(stage: Stage) -> Names:
    draft = {"type": "stream", "to": [stage.verona()], "topic": "t", "content": "draft", "timestamp": 1700000000}
    return {"5": stage.hamlet.post("/drafts", drafts=[draft])["ids"][0], "11": stage.verona()}


@scene("saved_snippet_remove", "saved_snippet_update", "get_saved_snippets")
def a_snippet(stage: Stage) -> Names:
    return {"1": stage.hamlet.post("/saved_snippets", title="t", content="c")["saved_snippet_id"]}


@scene("scheduled_remove", "scheduled_update", "get_scheduled")
def a_scheduled_message(stage: Stage) -> Names:
    made = stage.hamlet.post(
        "/scheduled_messages", type="stream", to=stage.verona(), topic="sch", content="later",
        scheduled_delivery_timestamp=4102444800,
    )  # fmt: skip
    return {"5": made["scheduled_message_id"]}


# The organization.


@scene("user_group_add_members", "user_group_update", "get_user_group_is_member", "get_user_group_members")
def a_group_of_hamlet(stage: Stage) -> Names:
    name = stage.fresh("goldgroup")
    stage.iago.post("/user_groups/create", name=name, description="", members=[stage.ids["hamlet"]])
    return {"60": group_id(stage, name), "goldgroup2": f"{name} 2"}


@scene("user_group_remove_members")
def a_group_with_cordelia(stage: Stage) -> Names:
    names = a_group_of_hamlet(stage)
    stage.iago.post(f"/user_groups/{names['60']}/members", add=[stage.ids["cordelia"]])
    return names


@scene("user_group_create_2")
def a_group_name(stage: Stage) -> Names:
    return {"goldsub": stage.fresh("goldsub")}


@scene("user_group_add_subgroups", "get_user_groups_all")
def two_groups(stage: Stage) -> Names:
    names = a_group_of_hamlet(stage)
    name = stage.fresh("goldsub")
    stage.iago.post("/user_groups/create", name=name, description="", members=[])
    return {**names, "63": group_id(stage, name)}


@scene("user_group_remove_subgroups", "get_user_group_subgroups")
def a_group_in_a_group(stage: Stage) -> Names:
    names = two_groups(stage)
    stage.iago.post(f"/user_groups/{names['60']}/subgroups", add=[names["63"]])
    return names


def group_id(stage: Stage, name: str) -> int:
    return next(int(g["id"]) for g in stage.iago.get("/user_groups")["user_groups"] if g["name"] == name)


@scene("linkifier_remove")
def a_linkifier(stage: Stage) -> Names:
    name = stage.fresh("x")
    made = stage.iago.post("/realm/filters", pattern=f"{name}(?P<id>[0-9]+)", url_template="https://example.com/{id}")
    return {"7": made["id"]}


@scene("playground_remove")
def a_playground(stage: Stage) -> Names:
    made = stage.iago.post(
        "/realm/playgrounds", name=stage.fresh("P"), pygments_language="Python", url_template="https://p.test/{code}"
    )
    return {"1": made["id"]}


@scene("realm_domains_remove")
def a_domain(stage: Stage) -> Names:
    stage.desdemona.post("/realm/domains", domain="remove.example", allow_subdomains=True)
    return {"acme.com": "remove.example"}


@scene("realm_update_multi_back")
def no_previews(stage: Stage) -> Names:
    stage.iago.patch("/realm", inline_image_preview=False)
    return {}


@scene("realm_user_settings_defaults")
def sounds_by_default(stage: Stage) -> Names:
    stage.iago.patch("/realm/user_settings_defaults", enable_sounds=True)
    return {}


@scene("invite_revoke")
def an_invitation(stage: Stage) -> Names:
    address = f"{stage.fresh('new')}@example.com"
    stage.iago.post("/invites", invitee_emails=address, invite_expires_in_minutes=1000, invite_as=400, stream_ids=[])
    invites = stage.iago.get("/invites")["invites"]
    return {"1": next(invite["id"] for invite in invites if invite.get("email") == address)}


# Queues.


@scene("delete_queue")
def a_queue_of_shivas(stage: Stage) -> Names:
    queue = stage.shiva.post("/register", event_types=["message"], fetch_event_types=[])
    return {"f4ea86d8-ec18-41a9-ab5b-3a9874ea1313": queue["queue_id"]}


@scene("err_events_last_event_id_future", "err_events_missing_last_event_id", "err_foreign_queue_id")
def a_queue_of_hamlets(stage: Stage) -> Names:
    queue = stage.hamlet.post("/register", event_types=["message"], fetch_event_types=[])
    return {"fad1d269-9ad9-4730-9e75-e64eac487249": queue["queue_id"]}

// What a bot on the unmodified zulip-js package does, once; prints what it was answered, as one line of JSON.
//
//     node talk.js SITE EMAIL API_KEY

"use strict";

const helper = require("zulip-js/lib/helper");
const zulip = require("zulip-js");

const [realm, username, apiKey] = process.argv.slice(2);
const CHANNEL = "verona";

// callOnEachEvent does not tell when its queue is there.
function whenRegistered() {
  const fetch = helper.fetch;
  return new Promise((resolve) => {
    helper.fetch = async (url, options) => {
      const answer = await fetch(url, options);
      if (url.endsWith("/register")) {
        resolve();
      }
      return answer;
    };
  });
}

async function callAll(client) {
  const found = {};
  found.profile = await client.users.me.getProfile();
  found.settings = await client.server.settings();
  found.subscribed = await client.users.me.subscriptions.add({ subscriptions: [{ name: CHANNEL }] });
  found.streams = await client.streams.retrieve();
  found.streamId = await client.streams.getStreamId(CHANNEL);
  found.users = await client.users.retrieve({ client_gravatar: true });
  found.emoji = await client.emojis.retrieve();
  found.queue = await client.queues.register({ event_types: ["message"] });
  found.sent = await client.messages.send({ type: "stream", to: CHANNEL, topic: "soup", content: "**hot**" });
  const message_id = found.sent.id;
  found.events = await client.events.retrieve({
    queue_id: found.queue.queue_id,
    last_event_id: found.queue.last_event_id,
    dont_block: true,
  });
  found.deregistered = await client.queues.deregister({ queue_id: found.queue.queue_id });
  found.topics = await client.streams.topics.retrieve({ stream_id: found.streamId.stream_id });
  found.read = await client.messages.retrieve({
    anchor: "newest",
    num_before: 10,
    num_after: 0,
    narrow: [
      { operator: "stream", operand: CHANNEL },
      { operator: "topic", operand: "soup" },
    ],
  });
  found.rendered = await client.messages.render("*cold*");
  found.updated = await client.messages.update({ message_id, content: "cold" });
  found.one = await client.messages.getById({ message_id });
  found.history = await client.messages.getHistoryById({ message_id });
  found.starred = await client.messages.flags.add({ messages: [message_id], flag: "starred" });
  found.reacted = await client.reactions.add({ message_id, emoji_name: "octopus" });
  found.unreacted = await client.reactions.remove({ message_id, emoji_name: "octopus" });
  found.refused = await client.messages.send({ type: "stream", to: "nosuch", topic: "t", content: "x" });
  return found;
}

// Sends to itself and takes what comes until the last was heard.
async function listen(client) {
  const registered = whenRegistered();
  const heard = [];
  const all = new Promise((resolve) => {
    client.callOnEachEvent(
      (event) => {
        heard.push(event);
        if (event.type === "message" && event.message.content === "two") {
          resolve();
        }
      },
      ["message"]
    );
  });
  await registered;
  for (const content of ["one", "two"]) {
    await client.messages.send({ type: "stream", to: CHANNEL, topic: "echo", content });
  }
  await all;
  return heard;
}

async function main() {
  const client = await zulip({ username, apiKey, realm });
  const found = await callAll(client);
  found.heard = await listen(client);
  process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0)); // its loop has no end of its own
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

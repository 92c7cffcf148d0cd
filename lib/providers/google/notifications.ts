/** What one push notification of the Calendar API says. Its body is empty: everything is in its headers. */
export interface GoogleNotification {
  /** The id that the channel was made with. */
  channelId: string;
  /** The secret that the channel was made with: compare it before anything of this is believed. */
  token: string;
  /** Rises from 1 within a channel, by more than one at times. */
  messageNumber: number;
  /** `sync`: the channel works. `exists`: something changed. `not_exists`: the watched resource is gone. */
  state: "sync" | "exists" | "not_exists";
  resourceId: string;
}

export type NotificationReading =
  | { kind: "notification"; notification: GoogleNotification }
  /** It was not sent by Google, or not for a channel of ours. The problem quotes nothing of it. */
  | { kind: "problem"; problem: string };

/** What the API lets a channel's id be made of, and at most how long (`Channel.id`). */
const CHANNEL_ID = /^[A-Za-z0-9\-_+/=]{1,64}$/;
/** Visible ASCII: a channel's token has at most 256 characters, and is one word where we made it. */
const TOKEN = /^[\x21-\x7e]{1,256}$/;
/** Opaque, and much shorter in practice. */
const RESOURCE_ID = /^[\x21-\x7e]{1,256}$/;
/** Within what a number holds exactly. */
const MESSAGE_NUMBER = /^[1-9]\d{0,14}$/;
const STATES: readonly GoogleNotification["state"][] = ["sync", "exists", "not_exists"];

/** Reads the `X-Goog-…` headers of a POST to the callback of a channel. Pure, and bounded by the length of headers. */
export function readNotification(headers: Pick<Headers, "get">): NotificationReading {
  const header = (name: string, shape: RegExp): string | null => {
    const value = headers.get(name);
    return value !== null && shape.test(value) ? value : null;
  };
  const channelId = header("x-goog-channel-id", CHANNEL_ID);
  if (channelId === null) return problem("X-Goog-Channel-ID");
  const token = header("x-goog-channel-token", TOKEN);
  if (token === null) return problem("X-Goog-Channel-Token");
  const messageNumber = header("x-goog-message-number", MESSAGE_NUMBER);
  if (messageNumber === null) return problem("X-Goog-Message-Number");
  const state = STATES.find((each) => each === headers.get("x-goog-resource-state"));
  if (state === undefined) return problem("X-Goog-Resource-State");
  const resourceId = header("x-goog-resource-id", RESOURCE_ID);
  if (resourceId === null) return problem("X-Goog-Resource-ID");
  return { kind: "notification", notification: { channelId, token, messageNumber: Number(messageNumber), state, resourceId } };
}

function problem(name: string): NotificationReading {
  return { kind: "problem", problem: `The header ${name} is missing or not as Google sends it.` };
}

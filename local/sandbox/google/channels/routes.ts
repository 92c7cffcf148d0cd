import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { z } from "zod";
import { type Answer, json, jsonOf, type SandboxRequest } from "../../serving/exchange";
import { isLoopbackUrl } from "../../serving/loopback";
import { type Route } from "../../serving/router";
import { accessTo } from "../calendar/access";
import { type CalendarBook, type Change } from "../calendar/book";
import { type Bearers, type Caller } from "../oauth/bearer";
import { badRequest, refusal } from "../refusals";
import { type Channel, type Channels, resourceIdOf } from "./channels";

export interface ChannelRoutesDeps {
  book: CalendarBook;
  bearers: Bearers;
  channels: Channels;
  now(): number;
  /** Whether the answer to a watch waits for the first message. */
  syncBeforeAnswer(): boolean;
  /** Where the API is, for `resourceUri`. */
  apiUrl(): string;
}

const channelBody = z.object({
  id: z.string().regex(/^[A-Za-z0-9\-_+/=]{1,64}$/),
  type: z.enum(["web_hook", "webhook"]),
  address: z.string().max(2048),
  token: z.string().max(256).nullish(),
  /** Epoch milliseconds, as text or as a number. */
  expiration: z.coerce.number().int().nullish(),
  params: z.object({ ttl: z.coerce.number().int().min(1).nullish() }).nullish(),
});

const DEFAULT_TTL_S = 604_800;
/** A month; what a client asks beyond is cut, and the answer says so. */
const MOST_TTL_S = 2_592_000;

/** `events.watch`, `calendarList.watch` and `channels.stop`. */
export function channelRoutes(prefix: string, deps: ChannelRoutesDeps): Route[] {
  const { book, bearers, channels } = deps;
  return [
    {
      method: "POST",
      pattern: `${prefix}/calendars/:calendarId/events/watch`,
      kind: "calendar.events.watch",
      handle(request) {
        const caller = bearers.require(request, "readEvents");
        const { calendar } = accessTo(book, caller, request.params["calendarId"] ?? "", "reader");
        if (!calendar.watchable) {
          throw badRequest("Push notifications are not supported by this resource.", "pushNotSupportedForRequestedResource");
        }
        const path = `/calendars/${encodeURIComponent(calendar.id)}/events?alt=json`;
        return watch(request, caller, { kind: "events", calendarId: calendar.id }, path, deps);
      },
    },
    {
      method: "POST",
      pattern: `${prefix}/users/me/calendarList/watch`,
      kind: "calendar.calendarList.watch",
      handle(request) {
        const caller = bearers.require(request, "readList");
        return watch(request, caller, { kind: "calendarList", accountId: caller.account.id }, "/users/me/calendarList?alt=json", deps);
      },
    },
    {
      method: "POST",
      pattern: `${prefix}/channels/stop`,
      kind: "calendar.channels.stop",
      handle(request) {
        const { account, clientId } = bearers.require(request, "anyCalendar");
        const body = z.object({ id: z.string(), resourceId: z.string() }).safeParse(jsonOf(request));
        if (!body.success) throw badRequest("Required: id and resourceId", "required");
        const { id, resourceId } = body.data;
        if (!channels.stop(id, resourceId, account.id, clientId)) {
          throw refusal(404, `Channel '${id}' not found for project 'sandbox'`, { reason: "notFound" });
        }
        return { status: 204 };
      },
    },
  ];
}

async function watch(request: SandboxRequest, caller: Caller, resource: Change, path: string, deps: ChannelRoutesDeps): Promise<Answer> {
  const body = channelBody.safeParse(jsonOf(request));
  if (!body.success) throw badRequest(`Invalid value for: ${body.error.issues[0]?.path.join(".") ?? "the body"}`);
  const { id, address, token, expiration, params } = body.data;
  checkAddress(address);
  if (deps.channels.isKnown(id)) throw badRequest(`Channel id ${id} not unique`, "channelIdNotUnique");
  const now = deps.now();
  const asked = expiration ?? now + (params?.ttl ?? DEFAULT_TTL_S) * 1000;
  if (asked <= now) throw badRequest("Invalid value for: expiration");
  const { channel, synced } = deps.channels.add({
    id,
    accountId: caller.account.id,
    clientId: caller.clientId,
    resource,
    resourceId: resourceIdOf(resource, caller.account.id),
    resourceUri: `${deps.apiUrl()}${path}`,
    address,
    token: token ?? null,
    // Whole seconds, as Google answers them.
    expiresAt: Math.floor(Math.min(asked, now + MOST_TTL_S * 1000) / 1000) * 1000,
  });
  if (deps.syncBeforeAnswer()) await synced;
  return json(200, channelResource(channel));
}

function channelResource(channel: Channel): calendar_v3.Schema$Channel {
  return {
    kind: "api#channel",
    id: channel.id,
    resourceId: channel.resourceId,
    resourceUri: channel.resourceUri,
    ...(channel.token === null ? {} : { token: channel.token }),
    expiration: String(channel.expiresAt),
  };
}

/**
 * Google wants https. The sandbox also takes http on this machine, and refuses every other machine, in the words that
 * Google has for an address it may not call: nothing is to leave this computer.
 */
function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopbackUrl(url)))) {
    throw badRequest(`WebHook callback must be HTTPS: ${address}`, "push.webhookUrlNotHttps");
  }
  if (!isLoopbackUrl(url)) {
    throw refusal(401, `Unauthorized WebHook callback channel: ${address}`, { reason: "push.webhookUrlUnauthorized" });
  }
}

import { z } from "zod";
import type { ProviderChannels, WatchRequest, WatchResult } from "../port";
import { failureOf } from "./failures";
import type { Call, GoogleSession } from "./session";

/** `expiration` is epoch milliseconds as text; it is Google's decision, whatever was asked for. */
const channelBody = z.object({
  resourceId: z.string().min(1),
  expiration: z.coerce.number().int().positive().optional(),
});

/** Push channels of the Calendar API: one for the events of each calendar, one for the list of calendars. */
export function googleChannels(session: GoogleSession): ProviderChannels {
  return {
    async watch(request): Promise<WatchResult> {
      const answer = await session.send(watchCall(request));
      if (answer.kind === "refused") {
        return answer.reason === "pushNotSupportedForRequestedResource" ? { kind: "unwatchable" } : answer.failure;
      }
      const channel = channelBody.safeParse(answer.body);
      if (!channel.success) return failureOf(typeof answer.body === "string" ? "unreadable_answer" : "incomplete_answer", 200);
      return { kind: "watching", resourceId: channel.data.resourceId, expiresAt: channel.data.expiration ?? null };
    },
    async stop({ channelId, resourceId }) {
      const answer = await session.send((api, options) => api.channels.stop({ requestBody: { id: channelId, resourceId } }, options));
      return answer.kind === "answer" || answer.status === 404 ? { kind: "stopped" } : answer.failure;
    },
  };
}

function watchCall({ calendarRemoteId, channelId, token, address }: WatchRequest): Call {
  const requestBody = { id: channelId, type: "web_hook", address, token };
  return (api, options) =>
    calendarRemoteId === null
      ? api.calendarList.watch({ requestBody }, options)
      : api.events.watch({ calendarId: calendarRemoteId, requestBody }, options);
}

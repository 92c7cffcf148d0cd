"use node";

import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction } from "../../_generated/server";
import { slackMessage } from "../../../lib/monitoring/notices";
import { createSafeFetch } from "../../../lib/security/safe-fetch";
import { addressPolicy, alertWebhookUrl } from "../../settings";
import type { Notice } from "./notices";

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** Tells the receiver of alerts everything that is due, in one message. Whatever it does, it only delays the next message. */
export const run = internalAction({
  args: {},
  returns: v.null(),
  handler: async (ctx): Promise<null> => {
    const address = alertWebhookUrl();
    if (address === null) return null;
    const taken: { noticeId: Id<"alertNotices">; notice: Notice }[] = await ctx.runMutation(
      internal.monitoring.alerts.notices.take,
      {},
    );
    if (taken.length === 0) return null;
    const delivered = await post(address, slackMessage(taken.map(({ notice }) => notice)));
    await ctx.runMutation(internal.monitoring.alerts.notices.settle, {
      noticeIds: taken.map(({ noticeId }) => noticeId),
      delivered,
    });
    return null;
  },
});

async function post(address: string, message: { text: string }): Promise<boolean> {
  const http = createSafeFetch({ policy: addressPolicy(), timeoutMs: TIMEOUT_MS, maxResponseBytes: MAX_ANSWER_BYTES });
  try {
    const answer = await http.fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(message),
    });
    return answer.ok;
  } catch {
    // The reason would name the address, which is a secret of its own.
    return false;
  } finally {
    await http.close();
  }
}

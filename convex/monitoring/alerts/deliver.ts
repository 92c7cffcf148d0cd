"use node";

import { v } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalAction } from "../../_generated/server";
import { slackMessage } from "../../../lib/monitoring/notices";
import { postNotice } from "../../../lib/monitoring/post-notice";
import { addressPolicy, alertWebhookUrl } from "../../settings";
import type { Notice } from "./notices";

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
    const delivered = await postNotice(address, slackMessage(taken.map(({ notice }) => notice)), addressPolicy());
    await ctx.runMutation(internal.monitoring.alerts.notices.settle, {
      noticeIds: taken.map(({ noticeId }) => noticeId),
      delivered,
    });
    return null;
  },
});

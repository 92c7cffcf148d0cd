import { Agent, request } from "undici";
import { z } from "zod";
import type { Part } from "./part";
import { alone, spread } from "./support/rows";
import { startProduct } from "./support/product";
import { steadyLoad } from "./support/steady-load";

const PER_SECOND = 200;
const channelsAnswer = z.object({ channels: z.array(z.object({ id: z.string(), token: z.string(), resourceId: z.string(), resourceUri: z.string() })) });
/** Beyond the numbers of the stand-in's own messages: each notification is another one. */
const FIRST_MESSAGE = 1_000_000_000;

/**
 * Valid notifications at the route that Google calls, 200 a second, of all channels of the account in turn. Each is verified,
 * stored, and asks for a run, which the product begins meanwhile on the same machine.
 */
export const part: Part = async ({ quick, note }) => {
  const seconds = quick ? 3 : 15;
  const product = await startProduct();
  const agent = new Agent({ connections: 64 });
  try {
    const { channels } = channelsAnswer.parse(await product.sandbox("GET", "/google/channels"));
    const notify = async (index: number): Promise<string> => {
      const channel = channels[index % channels.length];
      if (channel === undefined) throw new Error("No channel is open.");
      const answer = await request(`${product.url}/api/webhooks/google`, {
        method: "POST",
        dispatcher: agent,
        headers: {
          "X-Goog-Channel-ID": channel.id,
          "X-Goog-Channel-Token": channel.token,
          "X-Goog-Message-Number": String(FIRST_MESSAGE + index),
          "X-Goog-Resource-ID": channel.resourceId,
          "X-Goog-Resource-State": "exists",
          "X-Goog-Resource-URI": channel.resourceUri,
        },
      });
      await answer.body.dump();
      return String(answer.statusCode);
    };
    await steadyLoad(20, 1, (index) => notify(PER_SECOND * seconds + index));
    const { tookMs, outcomes } = await steadyLoad(PER_SECOND, seconds, notify);
    note(`${channels.length} channels; ${[...outcomes].map(([ended, count]) => `${ended}: ${count}`).join(", ")}`);
    const accepted = outcomes.get("200") ?? 0;
    return [
      ...spread(`webhook answered at ${PER_SECOND}/s,`, "ms", tookMs),
      alone(`webhooks at ${PER_SECOND}/s that were not accepted`, "%", (1 - accepted / tookMs.length) * 100),
    ];
  } finally {
    await agent.close();
    await product.dispose();
  }
};

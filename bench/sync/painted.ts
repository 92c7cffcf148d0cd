import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { seededRandom } from "../../tests/support/calendars/random";
import type { Part } from "./part";
import { watchFor } from "./support/painted-at";
import { startProduct } from "./support/product";
import { spread } from "./support/rows";

const WARM_UPS = 5;
const LONGEST_PAUSE_MS = 400;
const CALENDAR_PAGE = "/calendar?view=day";

/**
 * An event is renamed at Google and seen in an open browser: from before the request that renames it until the frame with the
 * new name had been painted. Both clocks are this machine's. Between two changes there is a pause of chance, as long as it
 * takes for all that the last one caused and up to 400 ms, so that none falls in step with frames or timers.
 */
export const part: Part = async ({ quick, note }) => {
  const changes = quick ? 20 : 100;
  const random = seededRandom(1);
  const product = await startProduct();
  try {
    const { page, sandbox, account } = product;
    const events = `/google/calendars/${encodeURIComponent(account)}/events`;
    await page.goto(CALENDAR_PAGE);
    const title = (change: number) => `Painted ${change} times`;
    const appears = await watchFor(page, title(0));
    const { id } = z.object({ id: z.string() }).parse(await sandbox("POST", events, { summary: title(0), ...todayAtNoon() }));
    await appears();
    await mustBeInView(page, title(0));
    const times: number[] = [];
    for (let change = 1; change <= WARM_UPS + changes; change += 1) {
      const painted = await watchFor(page, title(change));
      const began = Date.now();
      const [, at] = await Promise.all([sandbox("PATCH", `${events}/${id}`, { summary: title(change) }), painted()]);
      if (change > WARM_UPS) times.push(at - began);
      await sandbox("POST", "/idle");
      await sleep(random.between(0, LONGEST_PAUSE_MS));
    }
    note(`${changes} changes; least ${Math.min(...times)} ms, most ${Math.max(...times)} ms`);
    return spread("change at provider → painted", "ms", times);
  } finally {
    await product.dispose();
  }
};

function todayAtNoon(): object {
  const today = new Date().toISOString().slice(0, 10);
  return { start: { dateTime: `${today}T12:00:00Z` }, end: { dateTime: `${today}T13:00:00Z` } };
}

async function mustBeInView(page: Page, text: string): Promise<void> {
  const shown = page.getByRole("main").getByText(text).first();
  await shown.scrollIntoViewIfNeeded();
  const box = await shown.boundingBox();
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  if (box === null || box.x < 0 || box.y < 0 || box.x > width || box.y > height) throw new Error("The event is not where the browser paints it.");
}

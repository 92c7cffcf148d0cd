import { z } from "zod";
import { type SeededRandom } from "../random";

const share = z.number().min(0).max(1);
const delay = z.number().int().min(0).max(3_600_000);

/** How unreliable the delivery of notifications is. Shares are 0–1, each drawn for itself. */
export const notificationFaults = z.object({
  drop: share,
  duplicate: share,
  /** Held back for so long that later ones overtake it. */
  reorder: share,
  delayMs: z.tuple([delay, delay]).refine(([least, most]) => least <= most, "from the least to the most"),
  /** The answer to a watch waits until the first message of its channel has been delivered. */
  syncBeforeAnswer: z.boolean(),
});

export type NotificationFaults = z.infer<typeof notificationFaults>;

export const RELIABLE: NotificationFaults = { drop: 0, duplicate: 0, reorder: 0, delayMs: [0, 0], syncBeforeAnswer: false };

/** How long a message is held back so that others overtake it. */
const OVERTAKEN_MS = [150, 450] as const;

/** When the copies of one message go out, in milliseconds from now: empty when it is dropped. */
export function fateOf(faults: NotificationFaults, random: SeededRandom): number[] {
  if (faults.drop > 0 && random.chance(faults.drop)) return [];
  const [least, most] = faults.delayMs;
  const delayMs = most === 0 ? 0 : random.between(least, most);
  const held = faults.reorder > 0 && random.chance(faults.reorder) ? random.between(...OVERTAKEN_MS) : 0;
  const copies = faults.duplicate > 0 && random.chance(faults.duplicate) ? 2 : 1;
  return Array.from({ length: copies }, (_, copy) => delayMs + held + copy);
}

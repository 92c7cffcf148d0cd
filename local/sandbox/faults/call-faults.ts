import { z } from "zod";
import { type SeededRandom } from "../random";

/** What is done to a call instead of, or before, answering it properly. */
const effect = z.discriminatedUnion("do", [
  /** The provider's own answer of this status. `reason` overrides the one it usually gives. */
  z.object({
    do: z.literal("status"),
    status: z.number().int().min(400).max(599),
    reason: z.string().max(80).optional(),
    /** Sent as `Retry-After`. */
    retryAfterSeconds: z.number().int().min(0).max(86_400).optional(),
  }),
  z.object({ do: z.literal("slow"), delayMs: z.number().int().min(0).max(600_000) }),
  z.object({ do: z.literal("pages"), shape: z.enum(["partial", "empty", "incomplete", "nothing"]) }),
  /** 200 with a body that is not JSON. */
  z.object({ do: z.literal("not_json") }),
  /** 200 with an object that has none of the fields it should have. */
  z.object({ do: z.literal("missing_fields") }),
  /** The call takes effect, but its answer is lost. */
  z.object({ do: z.literal("lose_answer") }),
]);

export const callFault = z.object({
  /** A kind of call, or the beginning of one with a star: `calendar.events.*`, `*`. */
  match: z.string().min(1).max(80),
  effect,
  /** How many calls it meets before it is over; null goes on until it is removed. */
  times: z.number().int().min(1).nullable().default(null),
  /** The share of matching calls it meets, 0–1. */
  share: z.number().min(0).max(1).default(1),
  /** E-mail of the only account it is for; null is everybody. */
  account: z.string().nullable().default(null),
});

export type CallFault = z.infer<typeof callFault>;
export type CallEffect = z.infer<typeof effect>;
export type CallFaultInput = z.input<typeof callFault>;

/** A fault in force. */
export interface StandingFault extends CallFault {
  id: number;
}

/** The switches that make calls fail. */
export interface CallFaults {
  add(fault: CallFaultInput): StandingFault;
  remove(id: number): boolean;
  clear(): void;
  list(): StandingFault[];
  /** What happens to this call. Uses up one of `times` of each fault that meets it. */
  meet(kind: string, account: string | null): CallEffect[];
}

/** Throws ZodError on a fault that is not one. */
export function createCallFaults(random: () => SeededRandom, standing: readonly StandingFault[] = []): CallFaults {
  let faults = [...standing];
  let lastId = Math.max(0, ...faults.map(({ id }) => id));
  return {
    add(fault) {
      lastId += 1;
      const added = { id: lastId, ...callFault.parse(fault) };
      faults.push(added);
      return added;
    },
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },
    clear() {
      faults = [];
    },
    list: () => faults.map((fault) => ({ ...fault })),
    meet(kind, account) {
      const met = faults.filter(
        (fault) =>
          matches(fault.match, kind) &&
          (fault.account === null || fault.account === account) &&
          (fault.share === 1 || random().chance(fault.share)),
      );
      for (const fault of met) if (fault.times !== null) fault.times -= 1;
      faults = faults.filter(({ times }) => times !== 0);
      return met.map((fault) => fault.effect);
    },
  };
}

function matches(pattern: string, kind: string): boolean {
  return pattern.endsWith("*") ? kind.startsWith(pattern.slice(0, -1)) : kind === pattern;
}

/** An effect in words, for the log and the page. */
export function effectInWords(effect: CallEffect): string {
  switch (effect.do) {
    case "status":
      return `answered ${effect.status}${effect.reason === undefined ? "" : ` ${effect.reason}`}`;
    case "slow":
      return `slow by ${effect.delayMs} ms`;
    case "pages":
      return `pages: ${effect.shape}`;
    case "not_json":
      return "not JSON";
    case "missing_fields":
      return "fields missing";
    case "lose_answer":
      return "answer lost";
  }
}

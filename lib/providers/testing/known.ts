import type { KnownResources } from "../port";

/** `remoteId → etag` as a run asks for it; `asked` writes down how much was read for it. */
export function knownOf(known: ReadonlyMap<string, string> = new Map(), asked: string[] = []): KnownResources {
  return {
    all: async () => {
      asked.push("all");
      return new Map(known);
    },
    some: async (remoteIds) => {
      asked.push(`some ${remoteIds.length}`);
      return new Map(remoteIds.flatMap((remoteId) => (known.has(remoteId) ? [[remoteId, known.get(remoteId) ?? ""]] : [])));
    },
    count: async (atMost) => {
      asked.push(`count ${atMost}`);
      return Math.min(known.size, atMost);
    },
  };
}

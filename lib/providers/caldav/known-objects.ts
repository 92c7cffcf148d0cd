import type { KnownResources } from "../port";
import { sameKey, spellingsOf } from "./hrefs";

/** Stored objects by the `sameKey` of their hrefs; `remoteId` is the href as it is stored. */
export type KnownByKey = ReadonlyMap<string, { remoteId: string; etag: string }>;

/** {@link KnownResources}, found by hrefs in whatever spelling. */
export interface KnownObjects {
  all(): Promise<KnownByKey>;
  some(hrefs: readonly string[]): Promise<KnownByKey>;
  count(atMost: number): Promise<number>;
}

export function knownObjects(known: KnownResources): KnownObjects {
  return {
    all: async () => byKey(await known.all()),
    some: async (hrefs) => (hrefs.length === 0 ? new Map() : byKey(await known.some([...new Set(hrefs.flatMap(spellingsOf))]))),
    count: (atMost) => known.count(atMost),
  };
}

function byKey(known: ReadonlyMap<string, string>): KnownByKey {
  return new Map([...known].map(([remoteId, etag]) => [sameKey(remoteId), { remoteId, etag }]));
}

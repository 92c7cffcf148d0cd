import { fingerprint } from "./fingerprint";
import { recurrenceKey } from "./time";
import type { UnifiedEvent } from "./model";

/**
 * A fingerprint of what one remote resource says. Equal fingerprints mean that nothing needs to be written;
 * neither the order of the events nor the order of keys in an object changes it. Not a cryptographic hash:
 * it protects against work, not against people.
 *
 * The prefix names the algorithm: change it together with the algorithm or the shape of {@link UnifiedEvent},
 * and every row is compared afresh at the next full pass.
 */
export function contentHash(events: readonly UnifiedEvent[]): string {
  const parts = events.map((event) => ({ order: orderOf(event), text: canonicalJson(event) }));
  parts.sort((a, b) => compare(a.order, b.order) || compare(a.text, b.text));
  return `h2:${fingerprint(parts.map((part) => part.text).join("\n"))}`;
}

/** JSON with sorted keys; `undefined` members are left out, as in `JSON.stringify`. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

function orderOf(event: UnifiedEvent): string {
  return `${event.iCalUID} ${event.recurrenceId === null ? "" : recurrenceKey(event.recurrenceId)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

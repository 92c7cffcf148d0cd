import { canonicalJson } from "../content-hash";

/** Which side's value stands where both changed the same thing differently. */
export type Side = "local" | "remote";

export interface Merged<T> {
  value: T;
  /** Both sides changed it, differently. */
  conflict: boolean;
}

export function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** A value as a whole: changed on one side only, that side stands; changed alike on both, either does. */
export function mergeValue<T>(base: T, local: T, remote: T, prefer: Side): Merged<T> {
  if (same(local, remote) || same(base, remote)) return { value: local, conflict: false };
  if (same(base, local)) return { value: remote, conflict: false };
  return { value: prefer === "local" ? local : remote, conflict: true };
}

/**
 * A list whose order means nothing, by what was added and what was taken away. Never a conflict. What stays keeps
 * the order of `base`; what was added follows in an order that does not depend on who added it.
 */
export function mergeSet<T>(base: readonly T[], local: readonly T[], remote: readonly T[]): T[] {
  return mergeMembers(base, local, remote, canonicalJson, (_base, mine) => ({ value: mine, conflict: false }), "local").value;
}

/**
 * A list whose members are known by a key, member by member. A member that one side changed and the other took away
 * is a conflict, as is one that `mergeMember` finds to be.
 */
export function mergeMembers<T>(
  base: readonly T[],
  local: readonly T[],
  remote: readonly T[],
  keyOf: (member: T) => string,
  mergeMember: (base: T | null, local: T, remote: T) => Merged<T>,
  prefer: Side,
): Merged<T[]> {
  const [before, mine, theirs] = [base, local, remote].map((list) => byKey(list, keyOf)) as [Map<string, T>, Map<string, T>, Map<string, T>];
  const added = [...new Set([...mine.keys(), ...theirs.keys()])].filter((key) => !before.has(key)).sort();
  const value: T[] = [];
  let conflict = false;
  for (const key of [...before.keys(), ...added]) {
    const [old, own, other] = [before.get(key), mine.get(key), theirs.get(key)];
    if (own !== undefined && other !== undefined) {
      const merged = mergeMember(old ?? null, own, other);
      value.push(merged.value);
      conflict ||= merged.conflict;
    } else if (old === undefined) {
      const only = own ?? other;
      if (only !== undefined) value.push(only);
    } else {
      const left = own ?? other;
      if (left === undefined || same(left, old)) continue;
      conflict = true;
      if ((own !== undefined) === (prefer === "local")) value.push(left);
    }
  }
  return { value, conflict };
}

/** Of members with one key, the last. */
function byKey<T>(list: readonly T[], keyOf: (member: T) => string): Map<string, T> {
  return new Map(list.map((member) => [keyOf(member), member]));
}

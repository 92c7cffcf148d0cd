import { z } from "zod";
import { canonicalJson } from "../../events/content-hash";
import { fingerprint } from "../../events/fingerprint";
import { isObject, type JsonObject, pick } from "./json";
import { unitsOf } from "./patch";

/*
 * A UnifiedEvent says what all providers have in common. What one provider says beyond that (who may invite
 * others, the HTML of a description, the key of a conference) has to be there again when the event is
 * written back. It is kept field by field, each with a fingerprint of what we would have written in its place:
 * as long as we would still write that, the provider's own value is written; once the event was changed
 * there, ours is.
 */

/** How a provider's JSON is taken apart. Only fields named here are kept. */
export interface KeepPlan {
  /** Kept fields of one provider mean nothing to another. */
  provider: string;
  /** The writable fields of an event. */
  fields: readonly string[];
  /** Fields that stand or fall together, such as a start and an end. */
  groups: readonly (readonly string[])[];
  /** Of these fields, only the named members can be written. */
  objects: Readonly<Record<string, readonly string[]>>;
  /** Lists whose members are known by a key and kept one by one. */
  lists: Readonly<Record<string, { fields: readonly string[]; keyOf(member: JsonObject): string | null }>>;
}

const keptField = z.object({ names: z.array(z.string()), was: z.string(), is: z.record(z.string(), z.unknown()).nullable() });
const keptMember = z.object({ key: z.string(), fields: z.array(keptField) });
const keptEvent = z.object({
  provider: z.string(),
  fields: z.array(keptField),
  lists: z.array(z.object({ field: z.string(), members: z.array(keptMember) })),
});
type KeptField = z.infer<typeof keptField>;
type KeptMember = z.infer<typeof keptMember>;

/**
 * Longest text that is kept, in UTF-16 units. The longest fields beyond it are only remembered as being the
 * provider's own: they are left out of what is written, which a PATCH takes as “leave it alone”.
 */
export const MAX_KEPT_LENGTH = 100_000;

/**
 * What `written` (our JSON of the event) does not say of `original` (the provider's), as one JSON text for
 * `UnifiedEvent.extended`; null when nothing is missing.
 */
export function keptFields(original: JsonObject, written: JsonObject, plan: KeepPlan): string | null {
  const theirs = writablePart(original, plan);
  const ours = writablePart(written, plan);
  const lists = Object.keys(plan.lists).flatMap((field) => {
    const members = keptMembers(theirs[field], ours[field], plan.lists[field]);
    return members === null ? [] : [{ field, members }];
  });
  const byMember = new Set(lists.map(({ field }) => field));
  const fields = unitsOf([theirs, ours], plan.groups)
    .filter((names) => !names.some((name) => byMember.has(name)))
    .flatMap((names) => difference(theirs, ours, names) ?? []);
  const told = lists.filter(({ members }) => members.length > 0);
  if (fields.length === 0 && told.length === 0) return null;
  return shortened({ provider: plan.provider, fields, lists: told });
}

/** What of an event's JSON a client may write: everything that has to survive a round trip. */
export function writablePart(json: JsonObject, plan: KeepPlan): JsonObject {
  const part = pick(json, plan.fields);
  for (const [field, names] of Object.entries(plan.objects)) {
    const value = part[field];
    if (isObject(value)) part[field] = pick(value, names);
  }
  for (const [field, { fields }] of Object.entries(plan.lists)) {
    const value = part[field];
    if (Array.isArray(value)) part[field] = value.map((member: unknown) => (isObject(member) ? pick(member, fields) : member));
  }
  return part;
}

/** `written` with everything put back that is still the provider's own. What is kept of another provider is passed over. */
export function withKeptFields(written: JsonObject, extended: string | null, plan: KeepPlan): JsonObject {
  const kept = parse(extended);
  if (kept === null || kept.provider !== plan.provider) return written;
  const result = restored(written, kept.fields);
  for (const { field, members } of kept.lists) {
    const list = plan.lists[field];
    const value = result[field];
    if (list === undefined || !Array.isArray(value)) continue;
    result[field] = value.map((member: unknown) => {
      if (!isObject(member)) return member;
      const own = members.find(({ key }) => key === list.keyOf(member));
      return own === undefined ? member : restored(member, own.fields);
    });
  }
  return result;
}

function parse(extended: string | null): z.infer<typeof keptEvent> | null {
  if (extended === null) return null;
  try {
    const parsed = keptEvent.safeParse(JSON.parse(extended));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function difference(theirs: JsonObject, ours: JsonObject, names: readonly string[]): KeptField | null {
  const is = pick(theirs, names);
  const was = canonicalJson(pick(ours, names));
  return canonicalJson(is) === was ? null : { names: [...names], was: fingerprint(was), is };
}

/** Null where the lists have to be compared as a whole: other members, another order, or keys that are not unique. */
function keptMembers(theirs: unknown, ours: unknown, list: KeepPlan["lists"][string] | undefined): KeptMember[] | null {
  if (list === undefined || !Array.isArray(theirs) || !Array.isArray(ours) || theirs.length !== ours.length) return null;
  const keys = new Set<string>();
  const kept: KeptMember[] = [];
  for (const [index, member] of theirs.entries()) {
    const own: unknown = ours[index];
    if (!isObject(member) || !isObject(own)) return null;
    const key = list.keyOf(member);
    if (key === null || keys.has(key) || key !== list.keyOf(own)) return null;
    keys.add(key);
    const fields = unitsOf([member, own], []).flatMap((names) => difference(member, own, names) ?? []);
    if (fields.length > 0) kept.push({ key, fields });
  }
  return kept;
}

function restored(written: JsonObject, fields: readonly KeptField[]): JsonObject {
  const result = { ...written };
  for (const { names, was, is } of fields) {
    if (fingerprint(canonicalJson(pick(written, names))) !== was) continue;
    for (const name of names) delete result[name];
    Object.assign(result, is === null ? {} : pick(is, names));
  }
  return result;
}

function shortened(kept: z.infer<typeof keptEvent>): string {
  const text = JSON.stringify(kept);
  if (text.length <= MAX_KEPT_LENGTH) return text;
  const everything = [...kept.fields, ...kept.lists.flatMap(({ members }) => members.flatMap(({ fields }) => fields))];
  const longest = everything.filter(({ is }) => is !== null).map((field) => ({ field, size: JSON.stringify(field.is).length }));
  longest.sort((a, b) => b.size - a.size);
  let excess = text.length - MAX_KEPT_LENGTH;
  for (const { field, size } of longest) {
    if (excess <= 0) break;
    field.is = null;
    excess -= size - "null".length;
  }
  const rest = JSON.stringify(kept);
  // Thousands of small ones: members go, since a list is always written as a whole.
  return rest.length <= MAX_KEPT_LENGTH ? rest : JSON.stringify({ ...kept, lists: [] });
}

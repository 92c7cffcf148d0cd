import { canonicalJson } from "../../events/content-hash";
import { type JsonObject, pick } from "./json";

/**
 * The members of `after` that differ from `before`, for a PATCH; what is gone is null. Fields of one group
 * are sent together, or not at all.
 */
export function patchOf(before: JsonObject, after: JsonObject, groups: readonly (readonly string[])[] = []): JsonObject {
  const patch: JsonObject = {};
  for (const names of unitsOf([before, after], groups)) {
    if (canonicalJson(pick(before, names)) === canonicalJson(pick(after, names))) continue;
    for (const name of names) {
      if (after[name] !== undefined) patch[name] = after[name];
      else if (before[name] !== undefined) patch[name] = null;
    }
  }
  return patch;
}

/** The groups, and every other field of `objects` by itself. */
export function unitsOf(objects: readonly JsonObject[], groups: readonly (readonly string[])[]): (readonly string[])[] {
  const grouped = new Set(groups.flat());
  const singles = new Set(objects.flatMap((object) => Object.keys(object)).filter((name) => !grouped.has(name)));
  return [...groups, ...[...singles].map((name) => [name])];
}

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { isObject, type JsonObject } from "@/lib/providers/transform/json";

/** One JSON object that may be an event, and where it was found. */
export interface FoundObject {
  case: string;
  json: JsonObject;
}

/** Every object, however deep, in the JSON files of a folder that `isEvent` takes; what is inside of one is not looked at again. */
export async function objectsIn(folder: string, isEvent: (json: JsonObject) => boolean): Promise<FoundObject[]> {
  const found: FoundObject[] = [];
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json") && name !== "index.json").sort();
  for (const file of files) {
    const json: unknown = JSON.parse(await readFile(path.join(folder, file), "utf8"));
    for (const [place, object] of walk(json, "")) {
      if (isEvent(object)) found.push({ case: `${file}${place}`, json: object });
    }
  }
  return found;

  function* walk(value: unknown, place: string): Generator<[string, JsonObject], void, void> {
    if (Array.isArray(value)) {
      for (const [index, member] of value.entries()) yield* walk(member, `${place}[${index}]`);
    } else if (isObject(value)) {
      yield [place, value];
      if (isEvent(value)) return;
      for (const [name, member] of Object.entries(value)) yield* walk(member, `${place}.${name}`);
    }
  }
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readIncoming, type ImportFormat } from "./incoming";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "incoming-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array, format: ImportFormat = "jsonLines", table = "notes"): Promise<unknown> {
  const half = Math.floor(content.length / 2);
  const parts = [content.slice(0, half), content.slice(half)].map((part, at) => {
    const path = join(folder, String(at));
    writeFileSync(path, part);
    return path;
  });
  return readIncoming(parts, format, "", format === "zip" ? null : table);
}

const archive = (files: Record<string, string>): Promise<unknown> =>
  read(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))), "zip");

it("takes lines in any layout, and knows which is which", async () => {
  expect(await read('\ufeff{"a":"zwölf 😀"}\r\n\n  \n{"a":2}')).toEqual([
    { key: "notes", number: null, documents: [{ fields: { a: "zwölf 😀" }, place: "line 1" }, { fields: { a: 2 }, place: "line 4" }] },
  ]);
});

it.each<[string, string | Uint8Array, RegExp]>([
  ["is no JSON", '{"a":1}\n\n\noops\n', /^notes, line 4: not JSON/],
  ["is no object", '{"a":1}\n\n[1]\n', /^notes, line 3: not an object/],
  ["has a field that begins with $", '{"a":1}\n{"$a":2}\n', /^notes, line 2: /],
  ["is nested without end", `{"a":1}\n{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}\n`, /^notes, line 2: the value is nested too deeply/],
  ["is not of UTF-8", Buffer.concat([Buffer.from('{"a":1}\n{"a":"'), Buffer.from([0xe9]), Buffer.from('"}\n')]), /^notes, line 2: not UTF-8/],
  ["has an id that is none", '\n{"_id":"5","a":1}\n', /"notes", line 2: "5" is not the id/],
])("says which line %s", async (_what, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});

it("refuses names that are none of a table's", async () => {
  await expect(read('{"a":1}\n', "jsonLines", "ledger/notes")).rejects.toThrow('"ledger/notes" is not a name for a table');
});

it("says which file of an archive makes no sense", async () => {
  await expect(archive({ "_tables/documents.jsonl": '{"name":"notes","id":99999}\n', "notes/documents.jsonl": '{"a":1}\n' })).rejects.toThrow(/^_tables\/documents\.jsonl, line 1: /);
  await expect(archive({ "notes/documents.jsonl": "{}\n", "notes/generated_schema.jsonl": '"{\\"a\\": int64"\n' })).rejects.toThrow(/^notes\/generated_schema\.jsonl, line 1: /);
});

it("takes rows of CSV: what reads as a number is one, all else is text", async () => {
  expect(await read('\ufeffname,rank,note\r\nÅse,-1.5e3,"a, ""b""\nc"\r\n\r\n007,,1 2\r\n', "csv")).toEqual([
    {
      key: "notes",
      number: null,
      documents: [
        { fields: { name: "Åse", rank: -1500, note: 'a, "b"\nc' }, place: "line 3" },
        { fields: { name: 7, rank: "", note: "1 2" }, place: "line 5" },
      ],
    },
  ]);
});

it.each<[string, string, RegExp]>([
  ["nothing", "", /^notes: the file is empty/],
  ["a row that is too short", "a,b\n1,2\n3\n", /^notes: not CSV \(.*line 3/],
  ["a quote without end", 'a,b\n1,"2\n', /^notes: not CSV/],
  ["one name for two fields", "a,b,a\n1,2,3\n", /^notes, line 1: two fields are named "a"/],
  ["a field without a name", "a,,b\n1,2,3\n", /^notes, line 1: field 2 has no name/],
])("refuses CSV with %s", async (_what, content, message) => {
  await expect(read(content, "csv")).rejects.toThrow(message);
});

// Reads every record of a store once: node read-through.mjs FILE. Exit code 0 when all of it can be read and makes sense.
import { open } from "lmdb";

const HOST_RECORD = "M".charCodeAt(0);
const DOCUMENT = "D".charCodeAt(0);
const ANSWER = "S".charCodeAt(0);

try {
  const db = open({ path: process.argv[2], noSubdir: true, readOnly: true, encoding: "string", keyEncoding: "binary" });
  let counted = 0;
  for (const { key, value } of db.getRange()) {
    counted++;
    if (key[0] === DOCUMENT || key[0] === ANSWER || key[0] === HOST_RECORD) JSON.parse(value);
  }
  const { entryCount } = db.getStats();
  if (counted !== entryCount) throw new Error(`${counted} of ${entryCount} records could be read`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

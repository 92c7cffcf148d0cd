import { createHash } from "node:crypto";
import { kindOf, type Encoded } from "./encoded-value";

/**
 * Keys are "binary strings": one character per byte, so that `<` on them is the order of the bytes
 * and they cross threads cheaply. See the README for the key spaces.
 */
export type Key = string;

/** A half-open range of keys. */
export type KeyRange = readonly [lo: Key, hi: Key];

/** Greater than anything an encoded field can begin with. */
export const AFTER = "\xff";

/** LMDB keys end at 1,978 bytes; the index prefix, `_creationTime` and `_id` need about 60 of them. */
const FIELD_BYTES_PER_INDEX = 1880;
const HASH_LENGTH = 32;

const scratch = new DataView(new ArrayBuffer(8));

function scratchToKey(): Key {
  let out = "";
  for (let i = 0; i < 8; i++) out += String.fromCharCode(scratch.getUint8(i));
  return out;
}

function encodeInt(value: bigint): Key {
  scratch.setBigInt64(0, value);
  scratch.setUint8(0, scratch.getUint8(0) ^ 0x80);
  return scratchToKey();
}

/** Orders by IEEE total order: negative numbers have all bits flipped, the others the sign. */
function encodeFloat(value: number): Key {
  scratch.setFloat64(0, value);
  if (scratch.getUint8(0) & 0x80) {
    scratch.setUint32(0, ~scratch.getUint32(0));
    scratch.setUint32(4, ~scratch.getUint32(4));
  } else {
    scratch.setUint8(0, scratch.getUint8(0) | 0x80);
  }
  return scratchToKey();
}

/** Zero bytes are escaped, and the end is a sequence that no escaped text contains: no encoding is a prefix of another. */
function encodeBytes(binary: string): Key {
  return (binary.includes("\0") ? binary.replaceAll("\0", "\0\xff") : binary) + "\0\x01";
}

function encodeText(text: string): Key {
  const isAscii = Buffer.byteLength(text) === text.length;
  return encodeBytes(isAscii ? text : Buffer.from(text, "utf8").toString("latin1"));
}

/**
 * Encodes a value so that the order of keys is Convex's order of values:
 * undefined < null < int64 < float64 < boolean < string < bytes < array < object.
 */
export function encodeValue(value: Encoded | undefined): Key {
  const typed = kindOf(value);
  switch (typed.kind) {
    case "undefined":
      return "\x02";
    case "null":
      return "\x03";
    case "int64":
      return "\x04" + encodeInt(typed.value);
    case "float64":
      return "\x05" + encodeFloat(typed.value);
    case "boolean":
      return typed.value ? "\x06\x01" : "\x06\x00";
    case "string":
      return "\x07" + encodeText(typed.value);
    case "bytes":
      return "\x08" + encodeBytes(typed.value.toString("latin1"));
    case "array":
      return "\x09" + typed.value.map(encodeValue).join("") + "\0";
    case "object": {
      const entries = Object.entries(typed.value).sort(([a], [b]) => (a < b ? -1 : 1));
      return "\x0a" + entries.map(([name, inner]) => "\x07" + encodeText(name) + encodeValue(inner)).join("") + "\0";
    }
  }
}

/**
 * Encodes one field of an index with `fieldCount` fields. Values too long for a key are cut and
 * end in a hash: equality still holds, order among values with the same long beginning does not.
 */
export function encodeIndexField(value: Encoded | undefined, fieldCount: number): Key {
  const encoded = encodeValue(value);
  const room = Math.floor(FIELD_BYTES_PER_INDEX / Math.max(1, fieldCount));
  if (encoded.length <= room) return encoded;
  const hash = createHash("sha256").update(encoded, "latin1").digest("hex").slice(0, HASH_LENGTH);
  return encoded.slice(0, room - HASH_LENGTH) + hash;
}

/** Compares two values in Convex's order: negative, zero or positive. */
export function compareValues(a: Encoded | undefined, b: Encoded | undefined): number {
  const left = encodeValue(a);
  const right = encodeValue(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The key of a document. */
export function documentKey(id: string): Key {
  return "D" + id;
}

/** The id in the key of a document; null for other keys. */
export function documentIdOf(key: Key): string | null {
  return key.startsWith("D") ? key.slice(1) : null;
}

/** The beginning of every key of an index. */
export function indexPrefix(indexId: number): Key {
  return "I" + String.fromCharCode((indexId >>> 24) & 255, (indexId >>> 16) & 255, (indexId >>> 8) & 255, indexId & 255);
}

/** The key of a record the host keeps for itself. */
export function metaKey(name: string): Key {
  return "M" + name;
}

/** Where the catalog is kept. What was asked of a table that was not there has read it. */
export const CATALOG = metaKey("catalog");

/** The key under which the outcome of one client request is remembered. */
export function sessionKey(sessionId: string, requestId: number): Key {
  return "S" + encodeText(sessionId) + encodeFloat(requestId);
}

/** Whether any of `sorted` (ascending) lies in `range`. */
export function hitsRange(sorted: readonly Key[], [lo, hi]: KeyRange): boolean {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? "") < lo) from = middle + 1;
    else to = middle;
  }
  const found = sorted[from];
  return found !== undefined && found < hi;
}

import { randomFillSync } from "node:crypto";

/**
 * Document ids: Crockford base32, lower case, of varint(table number) ‖ 16 bytes ‖ Fletcher-16. Two-byte table numbers make 20
 * bytes and so 32 characters. To Convex the 16 bytes are random; here the first seven are the time of creation, so that
 * documents that were made together lie together in the store, where they are often read and written together.
 */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
export const ID_LENGTH = 32;
const ID_BYTES = 20;
const CHECKED_BYTES = ID_BYTES - 2;
/** What a letter stands for, by its code; −1 where it is none. */
const VALUE_OF = new Int8Array(128).fill(-1);
for (const [value, letter] of [...ALPHABET].entries()) VALUE_OF[letter.charCodeAt(0)] = value;

function encodeBase32(bytes: Uint8Array): string {
  let out = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer & 31) << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(buffer >>> bits) & 31];
    }
  }
  return out;
}

function decodeBase32(text: string): Uint8Array | null {
  const bytes = new Uint8Array(ID_BYTES);
  let buffer = 0;
  let bits = 0;
  let at = 0;
  // Ids are checked by the thousand, in whatever has many rows: by their codes, without a text for each letter.
  for (let letter = 0; letter < text.length; letter++) {
    const value = VALUE_OF[text.charCodeAt(letter)] ?? -1;
    if (value < 0) return null;
    buffer = ((buffer & 255) << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >>> bits) & 255;
    }
  }
  return bytes;
}

/** Of all bytes but the last two, which are it. */
function checksum(bytes: Uint8Array): [number, number] {
  let low = 0;
  let high = 0;
  for (let at = 0; at < CHECKED_BYTES; at++) {
    low += bytes[at] ?? 0;
    high += low;
  }
  // So few bytes overflow nothing, and the rest of a sum is that of its rests.
  return [low % 255, high % 255];
}

function withTable(tableNumber: number, fill: (rest: Uint8Array) => void): string {
  const bytes = new Uint8Array(ID_BYTES);
  bytes[0] = (tableNumber & 127) | 128;
  bytes[1] = tableNumber >>> 7;
  fill(bytes.subarray(2, CHECKED_BYTES));
  bytes.set(checksum(bytes), CHECKED_BYTES);
  return encodeBase32(bytes);
}

/** Times are told apart to 1/1024 ms, like those of `_creationTime`; so they fit seven bytes for thousands of years. */
const TIME_UNITS_PER_MS = 1024;
const TIME_BYTES = 7;
const RANDOM_BYTES = 16 - TIME_BYTES;

// Random bytes are drawn in blocks: one system call per id would dominate a bulk insert.
const pool = new Uint8Array(RANDOM_BYTES * 256);
let poolUsed = pool.length;

/** A new id in the table with this number (128 to 16,383), for a document that is made at this time (milliseconds since the epoch). */
export function newDocumentId(tableNumber: number, creationTime: number): string {
  return withTable(tableNumber, (rest) => {
    let time = Math.max(0, Math.floor(creationTime * TIME_UNITS_PER_MS));
    for (let at = TIME_BYTES - 1; at >= 0; at--) {
      rest[at] = time % 256;
      time = Math.floor(time / 256);
    }
    if (poolUsed === pool.length) {
      randomFillSync(pool);
      poolUsed = 0;
    }
    rest.set(pool.subarray(poolUsed, poolUsed + RANDOM_BYTES), TIME_BYTES);
    poolUsed += RANDOM_BYTES;
  });
}

/** The table number of an id, or null when `id` is no well-formed id. */
export function tableNumberOf(id: string): number | null {
  if (id.length !== ID_LENGTH) return null;
  const bytes = decodeBase32(id);
  if (bytes === null) return null;
  const [low, high] = checksum(bytes);
  if (bytes[CHECKED_BYTES] !== low || bytes[CHECKED_BYTES + 1] !== high) return null;
  const [first = 0, second = 0] = bytes;
  return first & 128 && !(second & 128) ? (first & 127) | (second << 7) : null;
}

/** The least and greatest text an id of this table can be. */
export function idBounds(tableNumber: number): [string, string] {
  return [withTable(tableNumber, () => undefined).slice(0, 28), withTable(tableNumber, (rest) => rest.fill(255)).slice(0, 28) + "\xff"];
}

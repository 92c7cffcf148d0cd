import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Unzip, UnzipInflate, Zip, ZipDeflate } from "fflate";
import { FunctionError } from "../values/encoded-value";

/** One file of a snapshot: its path in the archive, and its lines. */
export interface SnapshotFile {
  path: string;
  lines: AsyncIterable<string>;
}

const CHUNK_LENGTH = 256 * 1024;
/** The record at the end of an archive (APPNOTE.TXT of PKWARE, 4.3.16): its signature, where its count of files lies, and the longest it can be. */
const END_SIGNATURE = Buffer.from("PK\x05\x06", "latin1");
const END_COUNT_OFFSET = 10;
const END_LENGTH = 22;
const LONGEST_END = END_LENGTH + 0xffff;
/** Said in the place of a count that is larger. */
const COUNT_ELSEWHERE = 0xffff;

/** Writes a ZIP archive of text files; between chunks others get their turn. */
export async function writeZip(target: string, files: Iterable<SnapshotFile>): Promise<void> {
  const output = await open(target, "w", 0o600);
  let pending: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    pending.push(chunk);
  });
  const drain = async (): Promise<void> => {
    const chunks = pending;
    pending = [];
    for (const chunk of chunks) await output.write(chunk);
  };
  try {
    for (const { path, lines } of files) {
      const file = new ZipDeflate(path, { level: 6 });
      zip.add(file);
      let text = "";
      for await (const line of lines) {
        text += `${line}\n`;
        if (text.length < CHUNK_LENGTH) continue;
        file.push(Buffer.from(text, "utf8"));
        text = "";
        await drain();
      }
      file.push(Buffer.from(text, "utf8"), true);
      await drain();
    }
    zip.end();
    await drain();
    await output.sync();
  } finally {
    await output.close();
  }
}

/** Reads the files that are `wanted` of a ZIP archive that lies in several parts. Rejects with {@link FunctionError} when it is no archive. */
export async function readZip(parts: readonly string[], wanted: (path: string) => boolean): Promise<Map<string, Buffer>> {
  const files = new Map<string, Uint8Array[]>();
  const unfinished = new Set<string>();
  let found = 0;
  let tail = Buffer.alloc(0);
  const unzip = new Unzip((file) => {
    found++;
    if (!wanted(file.name)) return;
    const chunks: Uint8Array[] = [];
    unfinished.add(file.name);
    files.set(file.name, chunks);
    file.ondata = (error, chunk, final) => {
      if (error !== null) throw error;
      chunks.push(chunk);
      if (final) unfinished.delete(file.name);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (const part of parts) {
      for await (const chunk of createReadStream(part, { highWaterMark: CHUNK_LENGTH }) as AsyncIterable<Buffer>) {
        tail = Buffer.concat([tail, chunk]).subarray(-LONGEST_END);
        unzip.push(chunk);
      }
    }
    unzip.push(new Uint8Array(0), true);
  } catch (thrown) {
    throw new FunctionError(`The file is not a ZIP archive that can be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const [cut] = unfinished;
  if (cut !== undefined) throw new FunctionError(`The ZIP archive ends in the middle of ${cut}.`);
  const listed = listedFiles(tail);
  if (found > 0 && (listed === null || (listed !== found && listed !== COUNT_ELSEWHERE))) {
    throw new FunctionError("The ZIP archive is cut off: files are missing at its end.");
  }
  if (files.size === 0) throw new FunctionError("The ZIP archive has no tables: expected <table>/documents.jsonl in it.");
  return new Map(Array.from(files, ([name, chunks]) => [name, Buffer.concat(chunks)]));
}

/** How many files the end of an archive says that it has; null when the end is not there. */
function listedFiles(tail: Buffer): number | null {
  const at = tail.lastIndexOf(END_SIGNATURE);
  return at < 0 || at + END_LENGTH > tail.length ? null : tail.readUInt16LE(at + END_COUNT_OFFSET);
}

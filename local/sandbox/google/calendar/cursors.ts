import { createHash } from "node:crypto";
import { z } from "zod";

/**
 * Sync tokens and page tokens. Clients take them for opaque; they say what the server would otherwise have to
 * remember, with a check sum, so that one that was not made here is recognized.
 */
export const syncCursor = z.object({
  k: z.literal("sync"),
  /** What it is a cursor of: `events:ID`, `list:ACCOUNT`. */
  of: z.string(),
  /** Everything up to here has been told. */
  revision: z.number(),
  /** Instances instead of series, and for these the window that was asked for, epoch milliseconds. */
  single: z.boolean(),
  timeMin: z.number().nullable(),
  timeMax: z.number().nullable(),
});

export const pageCursor = z.object({
  k: z.literal("page"),
  of: z.string(),
  /** The query that began the listing, hashed: the next pages must be asked for with the same one. */
  query: z.string(),
  /** The last item of the page before, by what the listing is sorted by; null before the first. */
  after: z.tuple([z.number(), z.string()]).nullable(),
  /** The revision at the first page: what changes meanwhile belongs to the next listing. */
  until: z.number(),
});

export type SyncCursor = z.infer<typeof syncCursor>;
export type PageCursor = z.infer<typeof pageCursor>;

const CHECK_LENGTH = 8;

export function sealCursor(cursor: SyncCursor | PageCursor): string {
  const text = JSON.stringify(cursor);
  return `C${checkOf(text)}${Buffer.from(text).toString("base64url")}=`;
}

/** Null for what was never sealed, or sealed as something else. */
export function openCursor<Cursor>(token: string, schema: z.ZodType<Cursor>): Cursor | null {
  const [, check = "", sealed = ""] = /^C([A-Za-z0-9_-]{8})([A-Za-z0-9_-]+)=$/.exec(token) ?? [];
  const text = Buffer.from(sealed, "base64url").toString("utf8");
  if (sealed === "" || checkOf(text) !== check) return null;
  const read = schema.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}

/** Short and the same for the same query, whatever the order of its parameters. */
export function hashOfQuery(query: URLSearchParams, leavingOut: readonly string[]): string {
  const said = [...query].filter(([name]) => !leavingOut.includes(name)).map(([name, value]) => `${name}=${value}`);
  return checkOf(said.sort().join("&"));
}

function checkOf(text: string): string {
  return createHash("sha256").update(`sandbox:${text}`).digest("base64url").slice(0, CHECK_LENGTH);
}

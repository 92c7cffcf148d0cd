import { DavFailure } from "./dav-failure";
import { textOf } from "./dav-xml";
import { atHostOf, pathOf, sameKey } from "./hrefs";
import { type DavSession, type Multistatus, NAMESPACES } from "./session";

export type FetchedObject =
  /** `text` is null where only the etag was asked for. */
  | { kind: "found"; etag: string; text: string | null }
  /** The server says there is none. Not a deletion: only a complete listing can tell. */
  | { kind: "absent" }
  /** The server fails on this very object. */
  | { kind: "failed"; failure: DavFailure };

/** After this many objects in a row that all failed, the server is broken and not its objects. */
const HOPELESS = 5;

/**
 * Reads objects with `calendar-multiget` (RFC 4791 §7.9), row by row. An object the answer does not mention is
 * missing from the result. When the server fails on a set it is halved, down to single objects, so that a broken
 * one costs only itself. Rejects with a {@link DavFailure} when nothing at all can be read.
 */
export class ObjectReader {
  private multigetWorks = true;

  constructor(
    private readonly session: DavSession,
    private readonly calendar: URL,
  ) {}

  /** Keyed by the hrefs that were given. */
  async read(hrefs: readonly string[], what: "objects" | "etags"): Promise<Map<string, FetchedObject>> {
    const found = new Map<string, FetchedObject>();
    await this.readInto(found, hrefs, what);
    return found;
  }

  private async readInto(found: Map<string, FetchedObject>, hrefs: readonly string[], what: "objects" | "etags"): Promise<void> {
    if (hrefs.length === 0) return;
    if (!this.multigetWorks) {
      for (const href of hrefs) await this.readOne(found, href);
      return;
    }
    try {
      const answer = await this.session.report(this.calendar, multigetBody(hrefs, what), "1");
      collect(found, hrefs, answer, what);
    } catch (error) {
      if (!(error instanceof DavFailure) || !mayBeTheObjects(error)) throw error;
      if (error.status === 405 || error.status === 501) this.multigetWorks = false;
      const [only] = hrefs;
      if (hrefs.length === 1 && only !== undefined) {
        await this.readOne(found, only);
        return;
      }
      const middle = Math.ceil(hrefs.length / 2);
      await this.readInto(found, hrefs.slice(0, middle), what);
      await this.readInto(found, hrefs.slice(middle), what);
    }
  }

  private async readOne(found: Map<string, FetchedObject>, href: string): Promise<void> {
    try {
      const { etag, text } = await this.session.get(atHostOf(this.calendar, href));
      found.set(href, { kind: "found", etag: etag ?? "", text });
    } catch (error) {
      if (!(error instanceof DavFailure)) throw error;
      if (error.code === "calendar_gone") found.set(href, { kind: "absent" });
      else if (mayBeTheObjects(error)) found.set(href, { kind: "failed", failure: error });
      else throw error;
      const seen = [...found.values()];
      if (seen.length >= HOPELESS && seen.every(({ kind }) => kind === "failed")) throw error;
    }
  }
}

/** Whether the failure may be about what was asked for rather than about the connection or the account. */
function mayBeTheObjects({ code, status }: DavFailure): boolean {
  if (code === "answer_too_large" || code === "timed_out" || code === "network_failed") return true;
  return status !== null && status !== 401 && code !== "rate_limited" && status !== 503;
}

function multigetBody(hrefs: readonly string[], what: "objects" | "etags") {
  return {
    "c:calendar-multiget": {
      _attributes: NAMESPACES,
      "d:prop": { "d:getetag": {}, ...(what === "objects" ? { "c:calendar-data": {} } : {}) },
      "d:href": hrefs.map((href) => ({ _text: href })),
    },
  };
}

function collect(found: Map<string, FetchedObject>, hrefs: readonly string[], answer: Multistatus, what: "objects" | "etags"): void {
  const asked = new Map(hrefs.map((href) => [sameKey(href), href]));
  for (const row of answer.rows) {
    const path = pathOf(row.href, answer.url);
    const href = path === null ? undefined : asked.get(sameKey(path));
    if (href === undefined) continue;
    const etag = textOf(row.props["getetag"])?.trim() ?? "";
    const text = textOf(row.props["calendarData"]);
    if (row.status === 404 || row.status === 410) found.set(href, { kind: "absent" });
    else if (row.status < 300 && (text !== null || what === "etags")) found.set(href, { kind: "found", etag, text });
  }
}

import { DavFailure } from "./dav-failure";
import { childNames, childrenOf, exactTextOf } from "./dav-xml";
import type { DavRow, DavSession } from "./session";

/**
 * What names the state of a calendar, so that one request can tell whether it is still the same:
 * - `sync-token`: the server reports what changed since then (RFC 6578);
 * - `ctag`: the server says whether anything changed (calendarserver-ctag); what it was, a listing tells;
 * - `etags`: the server has neither, and was asked; only a listing can tell.
 */
export interface ChangeMarker {
  kind: "sync-token" | "ctag" | "etags";
  value: string;
}

export const NO_MARKER: ChangeMarker = { kind: "etags", value: "" };

/** Best first: what a calendar's properties have to say for each way to be taken. */
const OFFERS: readonly { kind: ChangeMarker["kind"]; valueIn: (props: DavRow["props"]) => string | null }[] = [
  {
    kind: "sync-token",
    valueIn: (props) => (reportsOf(props["supportedReportSet"]).includes("syncCollection") ? exactTextOf(props["syncToken"]) : null),
  },
  { kind: "ctag", valueIn: (props) => exactTextOf(props["getctag"]) },
];

const MARKER_PROPS = ["d:supported-report-set", "d:sync-token", "cs:getctag"] as const;

/**
 * What a calendar offers now, best first, read in one request; empty where it offers nothing. Null where the server
 * fails at the question: some read every object to answer it, and one broken object is enough. Rejects with a
 * {@link DavFailure} where no other request can succeed either.
 */
export async function readMarkers(session: DavSession, calendar: URL): Promise<ChangeMarker[] | null> {
  try {
    const { rows } = await session.propfind(calendar, MARKER_PROPS, "0");
    const props = rows.find(({ status }) => status < 300)?.props ?? {};
    return OFFERS.flatMap(({ kind, valueIn }): ChangeMarker[] => {
      const value = valueIn(props);
      return value === null ? [] : [{ kind, value }];
    });
  } catch (error) {
    if (error instanceof DavFailure && isAboutTheQuestion(error)) return null;
    throw error;
  }
}

/** Whether the server answered, and another question may get a better answer. */
export function isAboutTheQuestion({ code, status }: DavFailure): boolean {
  return status !== null && status !== 401 && code !== "rate_limited";
}

/** A marker as the port's cursor: its kind comes first, so that a server may change what it offers. */
export function cursorOf({ kind, value }: ChangeMarker): string {
  return kind === "etags" ? kind : `${kind} ${value}`;
}

/** The marker in a cursor; null for none, and for what this code did not write. */
export function markerOf(cursor: string | null): ChangeMarker | null {
  if (cursor === "etags") return NO_MARKER;
  const match = /^(sync-token|ctag) (.+)$/s.exec(cursor ?? "");
  if (match === null) return null;
  return { kind: match[1] === "ctag" ? "ctag" : "sync-token", value: match[2] ?? "" };
}

/** RFC 3253 §3.1.5: `supported-report` → `report` → the report's element. */
function reportsOf(set: unknown): string[] {
  return childrenOf(set, "supportedReport").flatMap((each) => childrenOf(each, "report").flatMap(childNames));
}

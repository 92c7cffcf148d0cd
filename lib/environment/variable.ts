import type { z } from "zod";
import type { AuthMode } from "../auth/auth-mode";

/** Who reads a variable: `npm start`, the web server, the Convex deployment, or the Convex command line. */
export type Reader = "launcher" | "next" | "convex" | "cli";

/** Where a value comes from when nobody set one. */
export type Origin =
  /** A fixed value of ours. */
  | { kind: "default"; value: string }
  /** Made once, at the first start, and kept in the state folder. */
  | { kind: "made" }
  /** Worked out anew at every start. */
  | { kind: "worked-out" }
  /** Left out: its `purpose` tells what holds then. */
  | { kind: "absent" };

/** Everything that is to be known about one environment variable. */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  /** Heading under which `.env.example` lists it. */
  readonly group: string;
  /** What it is for, in a sentence or two. */
  readonly purpose: string;
  /** What it should hold: finishes the sentence "NAME should hold …". Never quotes a value. */
  readonly holds: string;
  readonly readers: readonly Reader[];
  readonly origin: Origin;
  /** Set when the embedded backend is not used and nothing else can supply the value; `local`: with local accounts only. */
  readonly requiredWhenExternal?: true | "local";
  /** Set when people sign in this way, wherever the data lives. */
  readonly requiredForAuth?: AuthMode;
  /** Set when this other one is. */
  readonly requiredWith?: string;
  /** Has no place on a deployment of one's own. */
  readonly embeddedOnly?: true;
  /** Its value never appears in a message or a log. */
  readonly secret?: true;
  readonly schema: Schema;
}

/** Keeps the exact schema type of a table entry. */
export function variable<Schema extends z.ZodType>(entry: Variable<Schema>): Variable<Schema> {
  return entry;
}

/**
 * How the search for starts ended:
 *
 * - `complete`: everything asked for was shown;
 * - `stopped`: the visitor asked for no more;
 * - `exhausted`: the rule is so fine, and so much of it lies between its start and what was asked for, that the
 *   search was given up. What was shown is right, but there may be more.
 */
export type SearchOutcome = "complete" | "stopped" | "exhausted";

/** The moments of a rule, in milliseconds of whatever clock it runs on. */
export interface MomentSearch {
  /** Inclusive bounds of what is shown. */
  fromMs: number;
  toMs: number;
  /** Moments are shown in ascending order, each once; false ends the search. */
  visit(ms: number): boolean;
}

/** What running one set of outside data showed. Several sets may share a folder; each is reported on its own. */
export interface SetReport {
  /** As printed: `recurrence, tier A`, `google`, … */
  name: string;
  cases: number;
  passed: number;
  /** Every case that did not pass, `crashes` included, with what went wrong in one line. */
  failed: { case: string; reason: string }[];
  /** Cases in which our own code threw. */
  crashes: number;
  milliseconds: number;
}

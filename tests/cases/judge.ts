/** One of the twenty. */
export interface Case {
  readonly case: number;
  readonly title: string;
}

export interface Verdict extends Case {
  /** At least one test carries its number, and all that do pass. */
  readonly ok: boolean;
  /** How many tests carry its number. */
  readonly tests: number;
}

/** What is read of Vitest's JSON report. */
export interface Report {
  readonly testResults: readonly { readonly status: string; readonly name: string; readonly assertionResults: readonly { readonly title: string; readonly status: string }[] }[];
}

const NUMBER = /^case (\d+): /;

/** Which cases hold. A file that broke before its tests ran fails every case, since nobody knows which of them it stood for. */
export function judge(cases: readonly Case[], report: Report): Verdict[] {
  const broken = report.testResults.some(({ status, assertionResults }) => status === "failed" && !assertionResults.some((each) => each.status === "failed"));
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return cases.map((each) => {
    const own = results.filter(({ title }) => Number(NUMBER.exec(title)?.[1]) === each.case);
    return { ...each, tests: own.length, ok: !broken && own.length > 0 && own.every(({ status }) => status === "passed") };
  });
}

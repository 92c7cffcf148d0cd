/** How many checks of a step went which way. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a step is given when it runs. */
export interface StepContext {
  /** Where the runner is to write its report. */
  readonly reportFile: string;
}

/** One step of a test run. */
export interface Step {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** Done only where `--only` names it. */
  readonly onDemand?: true;
  /** Files and folders to be removed first, relative to the project. */
  readonly stale?: readonly string[];
  /** Programs that are not npm packages. */
  readonly tools?: readonly ("radicale" | "sabre/dav" | "chromium")[];
  readonly environment?: (context: StepContext) => Readonly<Record<string, string>>;
  /** Arguments of Node, one list per command. */
  readonly commands: (context: StepContext) => readonly (readonly string[])[];
  /** Reads the runner's report; without it the step is one check. */
  readonly counts?: (report: unknown) => Counts;
}

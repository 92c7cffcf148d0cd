import type { Measurement } from "../report";

/** What a part of the bench is told. */
export interface PartPlan {
  note(line: string): void;
  /** Small sizes. */
  quick: boolean;
}

/** One part of the bench: it gives the rows of the table. */
export type Part = (plan: PartPlan) => Promise<Measurement[]>;

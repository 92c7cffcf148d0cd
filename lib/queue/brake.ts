/**
 * The mass-delete brake: a server that suddenly answers empty, or with much less than before, is more often
 * broken than right. A held run deletes nothing until a person releases it.
 */
export interface BrakeThreshold {
  /** From this many known resources on, an empty answer is held. */
  emptyAnswerFrom: number;
  /** From this many known resources on, the share below applies. */
  shareFrom: number;
  /** Deleting more than this share of the known resources in one run is held. */
  maxDeletedShare: number;
}

export const DEFAULT_BRAKE: BrakeThreshold = { emptyAnswerFrom: 5, shareFrom: 20, maxDeletedShare: 0.5 };

export interface BrakeInput {
  /** Resources stored for the calendar before the run. */
  known: number;
  /** Resources the provider lists now; null where it only reports changes. */
  listed: number | null;
  /** Resources the run would delete in all, not in one page. */
  deletions: number;
}

export type BrakeDecision =
  | { kind: "proceed" }
  /** Delete nothing, raise an alert, let a person release it. */
  | { kind: "hold"; reason: "empty_answer" | "mass_deletion"; message: string };

/**
 * Up to how many known resources so many deletions can be held; 0 where they never are. Who only has to decide
 * need not count further than one more.
 */
export function heldUpTo(deletions: number, threshold: BrakeThreshold = DEFAULT_BRAKE): number {
  const all = deletions >= threshold.emptyAnswerFrom ? deletions : 0;
  const share = Math.ceil(deletions / threshold.maxDeletedShare) - 1;
  return Math.max(all, share >= threshold.shareFrom ? share : 0);
}

/** Decides from counts alone, so that the same numbers always get the same answer. */
export function massDeleteBrake(input: BrakeInput, threshold: BrakeThreshold = DEFAULT_BRAKE): BrakeDecision {
  const { known, listed, deletions } = input;
  if (deletions === 0) return { kind: "proceed" };
  if (listed === 0 && known >= threshold.emptyAnswerFrom) {
    return {
      kind: "hold",
      reason: "empty_answer",
      message: `The server lists no events where there were ${known}. Nothing was deleted here.`,
    };
  }
  if (known >= threshold.shareFrom && deletions > known * threshold.maxDeletedShare) {
    return {
      kind: "hold",
      reason: "mass_deletion",
      message: `${deletions} of ${known} events would be deleted at once. Nothing was deleted here.`,
    };
  }
  return { kind: "proceed" };
}

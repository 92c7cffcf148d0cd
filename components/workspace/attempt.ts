"use client";

import { ConvexError } from "convex/values";
import { toast } from "sonner";

/**
 * Waits for a change that was asked for; if it is refused, says so, with the reason where there is one, and lets
 * everything stay as it is. True where it was done.
 */
export async function attempt(change: Promise<unknown>, failure: string): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    toast.error(failure, { description: reasonOf(error) ?? "Nothing was changed. Try again in a moment." });
    return false;
  }
}

/** What a function of ours says about why it refused; null for anything unforeseen. */
function reasonOf(error: unknown): string | null {
  if (!(error instanceof ConvexError)) return null;
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null || !("message" in data)) return null;
  return typeof data.message === "string" ? data.message : null;
}

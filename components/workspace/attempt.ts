"use client";

import { toast } from "sonner";

/** Waits for a change that was asked for; if it is refused, says so and lets everything stay as it is. */
export async function attempt(change: Promise<unknown>, failure: string): Promise<void> {
  try {
    await change;
  } catch {
    toast.error(failure, { description: "Nothing was changed. Try again in a moment." });
  }
}

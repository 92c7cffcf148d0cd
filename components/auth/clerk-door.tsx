"use client";

import { lazy, Suspense } from "react";
import type { SignInFacts } from "./sign-in-facts";

const ClerkForm = lazy(async () => ({ default: (await import("./clerk/clerk-form")).ClerkForm }));

interface ClerkDoorProps {
  door: "sign-in" | "sign-up";
  /** A path of this site, already checked. */
  next: string;
  signIn: Extract<SignInFacts, { mode: "clerk" }>;
}

/** What both doors look like where Clerk signs people in: the heading, and the way to the other door, are Clerk's. */
export function ClerkDoor({ door, next, signIn }: ClerkDoorProps) {
  return (
    <div className="my-auto py-8">
      <Suspense fallback={null}>
        <ClerkForm door={door} next={next} publishableKey={signIn.publishableKey} nonce={signIn.nonce} />
      </Suspense>
    </div>
  );
}

"use client";

import { ClerkProvider, SignIn, SignUp } from "@clerk/nextjs";

interface ClerkFormProps {
  door: "sign-in" | "sign-up";
  /** A path of this site, already checked. */
  next: string;
  publishableKey: string;
  nonce: string;
}

const APPEARANCE = {
  elements: { rootBox: { width: "100%" }, cardBox: { width: "100%", maxWidth: "100%", boxShadow: "none" } },
};

/** Clerk's own forms. Their steps are kept behind the `#`, so that one page is enough for each. */
export function ClerkForm({ door, next, publishableKey, nonce }: ClerkFormProps) {
  const common = { routing: "hash", appearance: APPEARANCE, forceRedirectUrl: next } as const;
  return (
    <ClerkProvider publishableKey={publishableKey} nonce={nonce} signInUrl="/sign-in" signUpUrl="/sign-up" telemetry={false}>
      {door === "sign-in" ? (
        <SignIn {...common} signUpUrl="/sign-up" signUpForceRedirectUrl={next} />
      ) : (
        <SignUp {...common} signInUrl="/sign-in" signInForceRedirectUrl={next} />
      )}
    </ClerkProvider>
  );
}

"use client";

import { ClerkProvider } from "@clerk/nextjs";
import type { ReactNode } from "react";
import { ClerkConvexProvider } from "./clerk-convex-provider";

interface ClerkSessionProps {
  url: string;
  publishableKey: string;
  nonce: string;
  children: ReactNode;
}

/** Clerk around everything below, and Convex as the person it knows. It reports to nobody. */
export function ClerkSession({ url, publishableKey, nonce, children }: ClerkSessionProps) {
  return (
    <ClerkProvider publishableKey={publishableKey} nonce={nonce} signInUrl="/sign-in" signUpUrl="/sign-up" telemetry={false}>
      <ClerkConvexProvider url={url}>{children}</ClerkConvexProvider>
    </ClerkProvider>
  );
}

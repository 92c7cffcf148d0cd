"use client";

import { lazy, type ReactNode } from "react";
import { ConvexSessionProvider } from "./convex-session-provider";
import type { SignInFacts } from "./sign-in-facts";

/** Clerk's code is a piece of its own, which is asked for only where Clerk signs people in. */
const ClerkSession = lazy(async () => ({ default: (await import("./clerk/clerk-session")).ClerkSession }));

interface SessionProviderProps {
  /** Address of Convex. */
  url: string;
  signIn: SignInFacts;
  children: ReactNode;
}

/** The live connection to Convex as the signed-in person, whichever way they signed in. */
export function SessionProvider({ url, signIn, children }: SessionProviderProps) {
  if (signIn.mode === "local") return <ConvexSessionProvider url={url}>{children}</ConvexSessionProvider>;
  return (
    <ClerkSession url={url} {...signIn}>
      {children}
    </ClerkSession>
  );
}

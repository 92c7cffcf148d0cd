"use client";

import { useAuth } from "@clerk/nextjs";
import { ConvexProviderWithAuth, ConvexReactClient } from "convex/react";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { fullLoad } from "../full-load";
import { SignOutContext } from "../sign-out";
import { fetchClerkToken } from "./clerk-token";
import { Enrolment } from "./enrolment";

/** Clerk's session as Convex wants it. A new session, and nothing else, makes Convex ask for a new token. */
function useClerkSession() {
  const { isLoaded, isSignedIn, sessionId, sessionClaims, getToken } = useAuth();
  const isIntegration = sessionClaims?.aud === "convex";
  const fetchAccessToken = useCallback(
    ({ forceRefreshToken }: { forceRefreshToken: boolean }) =>
      sessionId ? fetchClerkToken(getToken, { isIntegration, isFresh: forceRefreshToken }) : Promise.resolve(null),
    [getToken, isIntegration, sessionId],
  );
  return useMemo(
    () => ({ isLoading: !isLoaded, isAuthenticated: isSignedIn ?? false, fetchAccessToken }),
    [isLoaded, isSignedIn, fetchAccessToken],
  );
}

/** The live connection to Convex as the person Clerk knows. Whose session ends is sent to the sign-in page. */
export function ClerkConvexProvider({ url, children }: { url: string; children: ReactNode }) {
  const [client] = useState(() => new ConvexReactClient(url));
  const { isLoaded, isSignedIn, signOut } = useAuth();
  const leave = useCallback(() => signOut(() => fullLoad("/sign-in")), [signOut]);
  useEffect(() => {
    if (!isLoaded || isSignedIn) return;
    const here = `${window.location.pathname}${window.location.search}`;
    fullLoad(`/sign-in?expired=true&next=${encodeURIComponent(here)}`);
  }, [isLoaded, isSignedIn]);
  return (
    <ConvexProviderWithAuth client={client} useAuth={useClerkSession}>
      <SignOutContext value={leave}>
        <Enrolment />
        {children}
      </SignOutContext>
    </ConvexProviderWithAuth>
  );
}

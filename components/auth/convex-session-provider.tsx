"use client";

import { ConvexProviderWithAuth, ConvexReactClient } from "convex/react";
import { type ReactNode, useState } from "react";
import { fetchSessionToken } from "./session-token";

/** Pages below this are only served to somebody with a session; whether it still holds, the token tells. */
const SESSION = { isLoading: false, isAuthenticated: true, fetchAccessToken: fetchSessionToken };

function useSession() {
  return SESSION;
}

/** The live connection to Convex, as the signed-in person. `url` comes from the server that renders the page. */
export function ConvexSessionProvider({ url, children }: { url: string; children: ReactNode }) {
  const [client] = useState(() => new ConvexReactClient(url));
  return (
    <ConvexProviderWithAuth client={client} useAuth={useSession}>
      {children}
    </ConvexProviderWithAuth>
  );
}

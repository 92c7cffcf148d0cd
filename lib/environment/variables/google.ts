import { z } from "zod";
import { localOrigin } from "../shapes";
import { variable } from "../variable";

const group = "Google Calendar (left out, npm start runs a stand-in for Google on this machine)";

/** What connects people's Google accounts. */
export const googleVariables = {
  GOOGLE_CLIENT_ID: variable({
    group,
    purpose:
      "Id of the OAuth client (kind: web application) in Google's console; its redirect URI is APP_URL with /api/oauth/google/callback. With this and GOOGLE_CLIENT_SECRET, people connect their real Google accounts.",
    holds: "a client id as Google's console shows it (….apps.googleusercontent.com)",
    readers: ["convex"],
    origin: { kind: "absent" },
    requiredWith: "GOOGLE_CLIENT_SECRET",
    schema: z.string().regex(/^[\x21-\x7e]+\.apps\.googleusercontent\.com$/),
  }),
  GOOGLE_CLIENT_SECRET: variable({
    group,
    purpose: "Secret of the same OAuth client.",
    holds: "a client secret as Google's console shows it",
    readers: ["convex"],
    origin: { kind: "absent" },
    requiredWith: "GOOGLE_CLIENT_ID",
    secret: true,
    schema: z.string().regex(/^[\x21-\x7e]{8,}$/),
  }),
  GOOGLE_SANDBOX_URL: variable({
    group,
    purpose:
      "Address of the stand-in for Google. npm start sets it when it runs one: with the embedded backend and without keys of Google's. It does not exist with LINEARTIME_BACKEND=external.",
    holds: "an http address on this machine without a path, and nothing with LINEARTIME_BACKEND=external",
    readers: ["next", "convex"],
    origin: { kind: "worked-out" },
    embeddedOnly: true,
    schema: localOrigin,
  }),
} as const;

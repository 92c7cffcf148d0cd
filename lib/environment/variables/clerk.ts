import { z } from "zod";
import { clerkHostOf } from "../../auth/clerk/publishable-key";
import { isWebhookSecret } from "../../security/standard-webhook";
import { issuerDomain } from "../shapes";
import { variable } from "../variable";

const group = "Signing in with Clerk (left out, people sign in with e-mail and password)";

/** What makes Clerk the way to sign in: docs/connecting/clerk.md says where each comes from. */
export const clerkVariables = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: variable({
    group,
    purpose: "Publishable key of the Clerk instance. With this and CLERK_SECRET_KEY, Clerk signs people in.",
    holds: "a publishable key as Clerk's dashboard shows it (pk_live_… or pk_test_…)",
    readers: ["next"],
    origin: { kind: "absent" },
    requiredForAuth: "clerk",
    schema: z.string().refine((text) => clerkHostOf(text) !== null),
  }),
  CLERK_SECRET_KEY: variable({
    group,
    purpose: "Secret key of the Clerk instance.",
    holds: "a secret key as Clerk's dashboard shows it (sk_live_… or sk_test_…)",
    readers: ["next"],
    origin: { kind: "absent" },
    requiredForAuth: "clerk",
    secret: true,
    schema: z.string().regex(/^sk_(?:live|test)_[\x21-\x7e]+$/),
  }),
  CLERK_JWT_KEY: variable({
    group,
    purpose: "Public key of the Clerk instance. With it the web server checks sessions without asking Clerk for its keys.",
    holds: "a public key in PEM form",
    readers: ["next"],
    origin: { kind: "absent" },
    schema: z.string().regex(/^-----BEGIN PUBLIC KEY-----[\s\S]+-----END PUBLIC KEY-----\s*$/),
  }),
  CLERK_JWT_ISSUER_DOMAIN: variable({
    group,
    purpose:
      "Issuer of Clerk's tokens: the Frontend API URL. npm start reads it out of the publishable key for the embedded backend.",
    holds: "the https address of the Clerk instance, or an http address on this machine",
    readers: ["convex"],
    origin: { kind: "worked-out" },
    schema: issuerDomain,
  }),
  CLERK_WEBHOOK_SECRET: variable({
    group,
    purpose: "Signing secret of the webhook that Clerk sends to /api/webhooks/clerk. Left out, the webhook answers 503 and Clerk tries again later.",
    holds: "a signing secret as Clerk's dashboard shows it (whsec_…), 24 to 64 bytes in base64",
    readers: ["convex"],
    origin: { kind: "absent" },
    secret: true,
    schema: z.string().refine(isWebhookSecret),
  }),
} as const;

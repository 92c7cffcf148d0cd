import { base64Text, encryptionKey, encryptionKeys, secret } from "../shapes";
import { variable } from "../variable";

const group = "Secrets (npm start makes them once and keeps them in the state folder)";

/** What must stay on the server. Made at the first start unless set; an external deployment needs them given. */
export const secretVariables = {
  LINEARTIME_SERVER_SECRET: variable({
    group,
    purpose: "Shared by the web server and the deployment: proves that a call comes from our own server.",
    holds: "a secret of at least 32 bytes without white space at its ends, the same on both sides",
    readers: ["next", "convex"],
    origin: { kind: "made" },
    requiredWhenExternal: true,
    secret: true,
    schema: secret,
  }),
  CONVEX_ENCRYPTION_KEYS: variable({
    group,
    purpose:
      "Keys that seal stored credentials: the first seals, all of them open. Lose them and every connection has to be made again.",
    holds: "`id:key` pairs separated by commas, each key 32 bytes in base64, each id once",
    readers: ["convex"],
    origin: { kind: "made" },
    secret: true,
    schema: encryptionKeys,
  }),
  CONVEX_ENCRYPTION_KEY: variable({
    group,
    purpose: "One such key alone, where CONVEX_ENCRYPTION_KEYS is not set.",
    holds: "one key of 32 bytes in base64",
    readers: ["convex"],
    origin: { kind: "absent" },
    secret: true,
    schema: encryptionKey,
  }),
  LINEARTIME_ADMIN_KEY: variable({
    group,
    purpose: "Administrator's key of the embedded backend.",
    holds: "a secret of at least 32 bytes without white space at its ends",
    readers: ["launcher"],
    origin: { kind: "made" },
    secret: true,
    schema: secret,
  }),
  LOCAL_AUTH_PRIVATE_KEY: variable({
    group,
    purpose: "Signs the ten-minute tokens with which a signed-in browser talks to the deployment (ES256).",
    holds: "a P-256 private key, the PEM text of its PKCS #8 form, in base64 (openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | base64 -w0)",
    readers: ["next"],
    origin: { kind: "made" },
    requiredWhenExternal: "local",
    secret: true,
    schema: base64Text,
  }),
} as const;

import { z } from "zod";
import { issuer, jwksAddress, origin, portList, publicOrigin } from "../shapes";
import { variable } from "../variable";

const group = "Deployment (npm start works these out for the embedded backend)";

/** What ties the web server, the deployment and the Convex command line together. */
export const deploymentVariables = {
  CONVEX_URL: variable({
    group,
    purpose: "Address of the Convex deployment. Only read when LINEARTIME_BACKEND=external.",
    holds: "an http or https address without a path",
    readers: ["next"],
    origin: { kind: "worked-out" },
    requiredWhenExternal: true,
    schema: origin,
  }),
  APP_URL: variable({
    group,
    purpose:
      "Address at which people open LinearTime. A provider sends them back to it after they have allowed access: register it there, with /api/oauth/google/callback.",
    holds: "an https address without a path, or an http one on this machine",
    readers: ["next"],
    origin: { kind: "worked-out" },
    requiredWhenExternal: true,
    schema: publicOrigin,
  }),
  WEBHOOK_BASE_URL: variable({
    group,
    purpose:
      "Public address to which providers report changes, usually that of APP_URL. Left out, calendars are polled; with the stand-in for Google, npm start sets the web server's own.",
    holds: "an https address without a path, or an http one on this machine",
    readers: ["convex"],
    origin: { kind: "absent" },
    schema: publicOrigin,
  }),
  AUTH_MODE: variable({
    group,
    purpose:
      "How people sign in: `local` is e-mail and password, kept in the deployment, `clerk` is Clerk. npm start takes `clerk` as soon as Clerk's keys are set.",
    holds: "`local` or `clerk`",
    readers: ["next", "convex"],
    origin: { kind: "default", value: "local" },
    schema: z.enum(["local", "clerk"]),
  }),
  LOCAL_AUTH_ISSUER: variable({
    group,
    purpose: "The issuer named in session tokens. A name only: nothing is ever fetched from it.",
    holds: "an https address, the same for the web server and the deployment",
    readers: ["next", "convex"],
    origin: { kind: "default", value: "https://lineartime.localhost" },
    schema: issuer,
  }),
  LOCAL_AUTH_JWKS: variable({
    group,
    purpose: "The public half of LOCAL_AUTH_PRIVATE_KEY, with which the deployment checks session tokens.",
    holds: "a JSON Web Key Set as `data:text/plain;charset=utf-8;base64,…`, or the https address of one",
    readers: ["convex"],
    origin: { kind: "worked-out" },
    schema: jwksAddress,
  }),
  LINEARTIME_OWN_PORTS: variable({
    group,
    purpose: "LinearTime's own ports on this machine: an address that a person types never reaches them.",
    holds: "port numbers separated by commas",
    readers: ["convex"],
    origin: { kind: "worked-out" },
    schema: portList,
  }),
  CONVEX_SELF_HOSTED_URL: variable({
    group,
    purpose: "Address of the deployment for the Convex command line (`npx convex data`, `npx convex run`).",
    holds: "an http or https address without a path",
    readers: ["cli"],
    origin: { kind: "worked-out" },
    schema: origin,
  }),
  CONVEX_SELF_HOSTED_ADMIN_KEY: variable({
    group,
    purpose: "Administrator's key for the Convex command line.",
    holds: "the deployment's administrator key",
    readers: ["cli"],
    origin: { kind: "worked-out" },
    secret: true,
    schema: z.string().min(1),
  }),
} as const;

import { z } from "zod";
import { folder, port } from "../shapes";
import { variable } from "../variable";

const group = "Starting";

/** What decides how `npm start` runs the product on this machine. */
export const launchVariables = {
  PORT: variable({
    group,
    purpose: "Port of the web page. A taken one is stepped over, and said.",
    holds: "a port number between 1 and 65535",
    readers: ["launcher"],
    origin: { kind: "default", value: "3000" },
    schema: port,
  }),
  LINEARTIME_HOME: variable({
    group,
    purpose: "State folder: database, secrets, logs. One folder is one installation.",
    holds: "a path of a folder, absolute or relative to the project",
    readers: ["launcher"],
    origin: { kind: "default", value: ".lineartime" },
    schema: folder,
  }),
  LINEARTIME_BACKEND: variable({
    group,
    purpose:
      "Where the data lives: in the backend that npm start runs itself, or on a Convex deployment of yours (see docs/running.md).",
    holds: "`embedded` or `external`",
    readers: ["launcher"],
    origin: { kind: "default", value: "embedded" },
    schema: z.enum(["embedded", "external"]),
  }),
  LINEARTIME_BACKEND_PORT: variable({
    group,
    purpose: "Port of the embedded backend. A taken one is stepped over, and said.",
    holds: "a port number between 1 and 65535",
    readers: ["launcher"],
    origin: { kind: "default", value: "3210" },
    schema: port,
  }),
  LINEARTIME_SITE_PORT: variable({
    group,
    purpose: "Port of the embedded backend's HTTP actions. A taken one is stepped over, and said.",
    holds: "a port number between 1 and 65535",
    readers: ["launcher"],
    origin: { kind: "default", value: "3211" },
    schema: port,
  }),
  LINEARTIME_ENV_LOCAL: variable({
    group,
    purpose:
      "Whether npm start writes the embedded backend's address and key to .env.local, where the Convex command line looks for them. Your other lines there are never touched.",
    holds: "`write` or `keep`",
    readers: ["launcher"],
    origin: { kind: "default", value: "write" },
    schema: z.enum(["write", "keep"]),
  }),
} as const;

import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

type ConnectResult = FunctionReturnType<typeof api.connections.caldav.connect>;

/** Why a server could not be connected, and what to do; `field` is where the reason lies. */
export type ConnectRefusal = Extract<ConnectResult, { ok: false }>;

export type ConnectField = NonNullable<ConnectRefusal["field"]>;

/** The test itself could not be run. */
export const UNREACHABLE = {
  ok: false,
  code: "unreachable",
  message: "The test could not be run.",
  action: "Check the connection to LinearTime and try again.",
  field: null,
} as const satisfies ConnectRefusal;

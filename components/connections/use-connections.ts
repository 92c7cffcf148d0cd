"use client";

import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { api } from "@/convex/_generated/api";

/** One connected account, as the connections page and the rail show it. */
export type Connection = FunctionReturnType<typeof api.connections.list.list>[number];

/** All connected accounts of the signed-in person; undefined while loading. */
export function useConnections(): Connection[] | undefined {
  return useQuery(api.connections.list.list, {});
}

"use client";

import { useQuery } from "convex/react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { api } from "@/convex/_generated/api";

/** One's own, or the whole deployment. */
export type Scope = "own" | "deployment";

/** True for operators; undefined while loading. */
export function useIsOperator(): boolean | undefined {
  return useQuery(api.monitoring.access.amOperator, {});
}

/** What the pages are about, kept in the address. For somebody who is no operator it is always their own. */
export function useScope(): [Scope, (scope: Scope) => void] {
  const isOperator = useIsOperator();
  const [wanted, setWanted] = useQueryState("scope", parseAsStringLiteral(["own", "deployment"]).withDefault("own"));
  return [isOperator ? wanted : "own", (scope) => void setWanted(scope === "own" ? null : scope)];
}

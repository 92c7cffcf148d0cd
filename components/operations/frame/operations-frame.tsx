"use client";

import type { ReactNode } from "react";
import { Segmented } from "@/components/ui/segmented";
import { StatusDot } from "@/components/ui/status-dot";
import { useScreen } from "@/components/ui/use-screen";
import { useLiveness } from "@/components/workspace/liveness";
import { TopBar } from "@/components/workspace/top-bar";
import { OperationsTabs } from "./operations-tabs";
import { useIsOperator, useScope } from "./scope";

/** Whose figures these are; operators choose. */
function ScopeSwitch() {
  const [scope, setScope] = useScope();
  const isOperator = useIsOperator();
  if (!isOperator) return null;
  return (
    <Segmented
      label="What to show"
      value={scope}
      onValueChange={setScope}
      options={[
        { value: "own", label: "Mine" },
        { value: "deployment", label: "Everybody" },
      ]}
    />
  );
}

/** The bar with the pages, and below it one of them. */
export function OperationsFrame({ children }: { children: ReactNode }) {
  const narrow = useScreen("narrow");
  const liveness = useLiveness();
  return (
    <>
      <TopBar>
        <h1 className="truncate text-16 font-semibold tracking-[-0.01em]">Operations</h1>
        {narrow ? null : <OperationsTabs className="ml-6" />}
        <span className="flex-1" />
        {liveness === "live" ? <StatusDot tone="live">Live</StatusDot> : null}
        <span className="ml-2 flex phone:mr-1">
          <ScopeSwitch />
        </span>
      </TopBar>
      {narrow ? <OperationsTabs className="shrink-0 border-b border-line bg-surface px-4" /> : null}
      <div className="flex min-h-0 flex-1 flex-col bg-ground">{children}</div>
    </>
  );
}

"use client";

import { useQuery } from "convex/react";
import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/class-names";
import { api } from "@/convex/_generated/api";
import { ALERT_KINDS } from "@/lib/monitoring/alert-kinds";
import { AlertActions } from "../alerts/alert-actions";
import type { Alert } from "../alerts/alert-place";
import type { Scope } from "../frame/scope";

const SHOWN = 3;

/** Open alerts that nobody has acknowledged yet, the first few. */
export function OpenAlerts({ scope }: { scope: Scope }) {
  const alerts = useQuery(api.monitoring.alerts.list.open, { scope })?.filter(({ acknowledgedAt }) => acknowledgedAt === null) ?? [];
  const critical = (alert: Alert) => (alert.severity === "critical" ? 0 : 1);
  const shown = [...alerts].sort((a, b) => critical(a) - critical(b)).slice(0, SHOWN);
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Open alerts" className="flex flex-col gap-2">
      {shown.map((alert) => (
        <Banner key={alert.alertId} alert={alert} />
      ))}
      {alerts.length > SHOWN ? (
        <li className="px-1 text-12 text-fg-2">
          <Link href={`/operations/alerts${scope === "deployment" ? "?scope=deployment" : ""}`} className="underline underline-offset-2">
            {alerts.length - SHOWN} more
          </Link>
        </li>
      ) : null}
    </ul>
  );
}

function Banner({ alert }: { alert: Alert }) {
  return (
    <li
      className={cn(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card px-4 py-2.5 shadow-[inset_0_0_0_1px_var(--line)]",
        alert.severity === "critical" ? "bg-bad-tint" : "bg-warn-tint",
      )}
    >
      <TriangleAlert aria-hidden="true" className={cn("size-4 shrink-0", alert.severity === "critical" ? "text-bad-text" : "text-warn-text")} />
      <p className="min-w-0 flex-1 basis-60">
        <strong className="font-semibold">{ALERT_KINDS[alert.kind].title}.</strong> {alert.message}
      </p>
      <AlertActions alert={alert} />
    </li>
  );
}

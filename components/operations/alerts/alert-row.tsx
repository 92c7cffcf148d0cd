"use client";

import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import Link from "next/link";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { attempt } from "@/components/workspace/attempt";
import { api } from "@/convex/_generated/api";
import { ALERT_KINDS } from "@/lib/monitoring/alert-kinds";
import { useScope } from "../frame/scope";
import { placeOf } from "./alert-place";

export type Alert = FunctionReturnType<typeof api.monitoring.alerts.list.open>[number];

/** An open alert: what is wrong since when, what to do, and where. */
export function AlertRow({ alert }: { alert: Alert }) {
  const [scope] = useScope();
  const acknowledge = useMutation(api.monitoring.alerts.list.acknowledge);
  const { title, action } = ALERT_KINDS[alert.kind];
  const place = placeOf(alert, scope);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-t border-line px-4 py-3">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={alert.severity === "critical" ? "bad" : "warn"}>{alert.severity === "critical" ? "Critical" : "Warning"}</Badge>
          <strong className="font-semibold">{title}</strong>
          <span className="text-12 text-fg-3">
            since <RelativeTime at={alert.openedAt} form="short" />
          </span>
        </p>
        <p className="mt-1">{alert.message}</p>
        <p className="mt-0.5 text-12 text-fg-2">{action}</p>
      </div>
      <div className="flex items-center gap-2">
        {place ? (
          <Button asChild size="small">
            <Link href={place.href}>{place.label}</Link>
          </Button>
        ) : null}
        {alert.acknowledgedAt === null ? (
          <Button size="small" variant="quiet" onClick={() => void attempt(acknowledge({ scope, alertId: alert.alertId }), "Not acknowledged")}>
            Acknowledge
          </Button>
        ) : (
          <span className="text-12 text-fg-3">Acknowledged</span>
        )}
      </div>
    </li>
  );
}

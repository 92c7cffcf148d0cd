"use client";

import { useMutation } from "convex/react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { attempt } from "@/components/workspace/attempt";
import { api } from "@/convex/_generated/api";
import { useScope } from "../frame/scope";
import { type Alert, placeOf } from "./alert-place";

/** Where to go with an alert, and the word that somebody has seen it. */
export function AlertActions({ alert }: { alert: Alert }) {
  const [scope] = useScope();
  const acknowledge = useMutation(api.monitoring.alerts.list.acknowledge);
  const place = placeOf(alert, scope);
  return (
    <span className="flex items-center gap-2">
      {place ? (
        <Button asChild size="small">
          <Link href={place.href}>{place.label}</Link>
        </Button>
      ) : null}
      {alert.acknowledgedAt === null ? (
        <Button
          size="small"
          variant="quiet"
          className="text-fg"
          onClick={() => void attempt(acknowledge({ scope, alertId: alert.alertId }), "Not acknowledged")}
        >
          Acknowledge
        </Button>
      ) : (
        <span className="text-12 text-fg-3">Acknowledged</span>
      )}
    </span>
  );
}

import { RelativeTime } from "@/components/time/relative-time";
import { Badge } from "@/components/ui/badge";
import { ALERT_KINDS } from "@/lib/monitoring/alert-kinds";
import { AlertActions } from "./alert-actions";
import type { Alert } from "./alert-place";

/** An open alert: what is wrong since when, what to do, and where. */
export function AlertRow({ alert }: { alert: Alert }) {
  const { title, action } = ALERT_KINDS[alert.kind];
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
      <AlertActions alert={alert} />
    </li>
  );
}

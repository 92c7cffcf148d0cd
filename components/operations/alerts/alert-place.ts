import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import type { Scope } from "../frame/scope";

export type Alert = FunctionReturnType<typeof api.monitoring.alerts.list.open>[number];

/** Where one looks into an alert, or acts on it. */
interface Place {
  href: string;
  label: string;
}

const CONNECTION: Place = { href: "/connections", label: "Open connection" };
const jobs = (label: string, query: Record<string, string>): Place => ({
  href: `/operations/jobs?${new URLSearchParams(query).toString()}`,
  label,
});

/** The page to go to; a connection can be opened by its owner only. */
export function placeOf(alert: Pick<Alert, "kind" | "own" | "subject">, scope: Scope): Place | null {
  const everybody: Record<string, string> = scope === "deployment" ? { scope } : {};
  switch (alert.kind) {
    case "authentication":
    case "held_run":
      return alert.own ? CONNECTION : null;
    case "dead_job":
      return { href: `/operations/dead-letters${scope === "deployment" ? "?scope=deployment" : ""}`, label: "Open dead letters" };
    case "error_rate":
      return jobs("Open jobs", { ...everybody, ...(alert.subject ? { provider: alert.subject.id } : {}) });
    case "processing_time":
      return jobs("Open jobs", { ...everybody, status: "processing" });
    case "queue_depth":
    case "oldest_job":
      return jobs("Open jobs", { ...everybody, status: "pending" });
    case "sync_lag":
      return jobs("Open jobs", everybody);
    case "subscription":
    case "webhook_failures":
      return { href: `/operations/webhooks${scope === "deployment" ? "?scope=deployment" : ""}`, label: "Open webhooks" };
  }
}

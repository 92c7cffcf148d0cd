import { RelativeTime } from "@/components/time/relative-time";
import { StatusDot, type StatusTone } from "@/components/ui/status-dot";
import { durationLabel, shareLabel } from "../duration";
import { Panel } from "../frame/panel";
import type { Overview } from "./fill-spans";

const VERDICTS: Readonly<Record<Overview["providers"][number]["verdict"], { tone: StatusTone; label: string }>> = {
  well: { tone: "live", label: "Well" },
  failing: { tone: "failed", label: "Failing" },
  unknown: { tone: "waiting", label: "Not asked yet" },
};

/** How each provider has been answering, from real calls. */
export function ProviderList({ overview, note }: { overview: Overview; note: string }) {
  return (
    <Panel title="Providers" note={note}>
      {overview.providers.length === 0 ? <p className="px-4 pb-5 text-fg-2">No provider has been asked yet.</p> : null}
      <ul>
        {overview.providers.map(({ provider, label, verdict, turns, failures, callMs, lastSuccessAt, lastFailureAt, lastErrorCode }) => (
          <li key={provider} className="border-t border-line px-4 py-2.5">
            <p className="flex items-center gap-2">
              <b className="font-medium">{label}</b>
              <span className="ml-auto">
                <StatusDot tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].label}</StatusDot>
              </span>
            </p>
            <p className="text-12 text-fg-2 tabular-nums">
              {turns === 0 ? "No run" : `${shareLabel(failures / turns)} of ${turns.toLocaleString("en")} runs failed`}
              {callMs === null ? null : `, ${durationLabel(callMs)} a call`}
            </p>
            <p className="text-12 text-fg-2">
              {lastSuccessAt === null ? "No success yet" : <>Last success <RelativeTime at={lastSuccessAt} form="ago" /></>}
              {lastFailureAt === null ? null : (
                <>
                  , last failure <RelativeTime at={lastFailureAt} form="ago" />
                  {lastErrorCode === null ? null : <span className="font-mono text-11"> {lastErrorCode}</span>}
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

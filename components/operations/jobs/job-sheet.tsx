"use client";

import { useQuery } from "convex/react";
import { TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { useScreen } from "@/components/ui/use-screen";
import { api } from "@/convex/_generated/api";
import { durationLabel } from "../duration";
import { Nothing } from "../frame/panel";
import { useScope } from "../frame/scope";
import { Moment } from "../moment";
import { JobActions } from "./job-actions";
import { Attempts, Priority, StatusBadge } from "./job-marks";
import { JobTime } from "./job-time";
import { useOpenJob } from "./job-url";
import { type JobDetails, READ_WORDS, STATUS_WORDS, TYPE_WORDS } from "./job-words";

/** The job that the address names, beside the list; on a small screen in a sheet from below. */
export function JobSheet() {
  const [scope] = useScope();
  const [openId, setOpenId] = useOpenJob();
  const phone = useScreen("phone");
  const job = useQuery(api.monitoring.jobs.inspect.get, openId === null ? "skip" : { scope, jobId: openId });
  return (
    <Sheet side={phone ? "bottom" : "end"} label="Job" open={openId !== null} onOpenChange={(open) => !open && setOpenId(null)}>
      <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        <span className="min-w-0 truncate font-mono text-12 font-medium">{job?.type ?? "Job"}</span>
        {job ? <StatusBadge status={job.status} /> : null}
        <Button variant="quiet" icon aria-label="Close" className="ml-auto" onClick={() => setOpenId(null)}>
          <X aria-hidden="true" />
        </Button>
      </div>
      {job === undefined ? <SheetSkeleton /> : null}
      {job === null ? (
        <Nothing title="This job is not there any more">
          Jobs go some time after they have ended, and with their account. Or the link is somebody else&rsquo;s.
        </Nothing>
      ) : null}
      {job ? <JobFacts job={job} /> : null}
      {job ? <JobActions job={job} /> : null}
    </Sheet>
  );
}

function SheetSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-4" aria-busy="true" role="status" aria-label="Loading the job">
      <Skeleton className="h-5 w-3/4" />
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-4 w-2/5" />
    </div>
  );
}

function JobFacts({ job }: { job: JobDetails }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <p className="text-14 font-semibold">{TYPE_WORDS[job.type]}</p>
      <p className="mt-0.5 text-fg-2">{STATUS_WORDS[job.status].means}</p>
      {job.errorCode !== null ? <JobError job={job} /> : null}
      <dl className="mt-4 grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 gap-y-2">
        <Fact name="Account">{job.connectionLabel ?? "gone"}</Fact>
        {job.calendarName !== null ? <Fact name="Calendar">{job.calendarName}</Fact> : null}
        <Fact name="Provider">{job.providerLabel ?? "not known"}</Fact>
        <Fact name="Priority">
          <Priority priority={job.priority} />
        </Fact>
        <Fact name="Attempts">
          <Attempts job={job} />
        </Fact>
        <Fact name="Asked for">
          <Moment at={job.createdAt} />
        </Fact>
        <Fact name="Due">
          <Moment at={job.scheduledAt} />
        </Fact>
        {job.startedAt !== null ? (
          <Fact name="Last turn">
            <Moment at={job.startedAt} />
          </Fact>
        ) : null}
        {job.completedAt !== null ? (
          <Fact name="Ended">
            <Moment at={job.completedAt} />
          </Fact>
        ) : null}
        <Fact name="Time">
          <JobTime job={job} />
        </Fact>
        {job.result ? <JobResult result={job.result} /> : null}
        <Fact name="Id">
          <span className="font-mono text-11 break-all text-fg-2">{job.jobId}</span>
        </Fact>
      </dl>
    </div>
  );
}

function JobError({ job }: { job: JobDetails }) {
  return (
    <Callout tone={job.status === "failed" ? "bad" : "warn"} icon={<TriangleAlert aria-hidden="true" />} title={job.errorMessage ?? "It failed."} className="mt-4">
      <span className="font-mono text-11">{job.errorCode}</span>
      {job.failedAt !== null ? (
        <>
          , <Moment at={job.failedAt} />
        </>
      ) : null}
      {job.action !== null ? <span className="mt-1 block">{job.action}</span> : null}
    </Callout>
  );
}

function JobResult({ result }: { result: NonNullable<JobDetails["result"]> }) {
  const counts = [
    ["written", result.upserted],
    ["unchanged", result.unchanged],
    ["removed", result.deleted],
    ["unreadable", result.unreadable],
  ] as const;
  const words = counts.filter(([, count]) => count > 0).map(([name, count]) => `${count.toLocaleString("en")} ${name}`);
  return (
    <>
      <Fact name="Read">{READ_WORDS[result.syncType]}</Fact>
      <Fact name="Events">{words.length > 0 ? words.join(", ") : "no change"}</Fact>
      {result.apiCalls !== undefined ? (
        <Fact name="Calls">
          {result.apiCalls.toLocaleString("en")}
          {result.apiCalls > 0 && result.callMs !== undefined ? `, ${durationLabel(result.callMs)}${result.apiCalls > 1 ? " in all" : ""}` : ""}
        </Fact>
      ) : null}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-2">{name}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </>
  );
}

"use client";

import { useMutation } from "convex/react";
import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { attempt } from "@/components/workspace/attempt";
import { api } from "@/convex/_generated/api";
import { useScope } from "../frame/scope";
import type { JobDetails } from "./job-words";

/** What can be done with a job: a dead letter is retried or discarded, one that waits is cancelled. */
export function JobActions({ job }: { job: JobDetails }) {
  const [scope] = useScope();
  const retry = useMutation(api.monitoring.jobs.decide.retry);
  const discard = useMutation(api.monitoring.jobs.decide.remove);
  const cancel = useMutation(api.monitoring.jobs.decide.cancel);
  const wanted = { scope, jobId: job.jobId };

  async function decide(change: Promise<unknown>, done: string, failure: string) {
    if (await attempt(change, failure)) toast.success(done);
  }

  if (job.status === "failed") {
    return (
      <Bar note={job.canRetry ? null : "Its account has to be reconnected or resumed first."}>
        <ConfirmDialog
          trigger={<Button variant="quiet">Discard</Button>}
          title="Discard this dead letter?"
          description="Its work is not done, until something else asks for it."
          confirm="Discard"
          onConfirm={() => void decide(discard(wanted), "Discarded", "Not discarded")}
        />
        <ConfirmDialog
          trigger={
            <Button variant="primary" disabled={!job.canRetry}>
              <RotateCw aria-hidden="true" />
              Retry
            </Button>
          }
          title="Retry this job?"
          description="Its work is asked for anew, and done as soon as there is room."
          confirm="Retry"
          tone="primary"
          onConfirm={() => void decide(retry(wanted), "It is tried again", "Not retried")}
        />
      </Bar>
    );
  }
  if (job.status === "pending" || job.status === "retry") {
    return (
      <Bar note={null}>
        <ConfirmDialog
          trigger={<Button>Cancel this job</Button>}
          title="Cancel this job?"
          description="It is not done now. The next look at the account asks for its work again."
          confirm="Cancel the job"
          onConfirm={() => void decide(cancel(wanted), "Cancelled", "Not cancelled")}
        />
      </Bar>
    );
  }
  return null;
}

function Bar({ note, children }: { note: string | null; children: ReactNode }) {
  return (
    <div className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-3">
      {note ? <p className="mr-auto text-12 text-fg-2">{note}</p> : null}
      {children}
    </div>
  );
}

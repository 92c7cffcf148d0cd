"use client";

import { useMutation, usePaginatedQuery } from "convex/react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { attempt } from "@/components/workspace/attempt";
import { api } from "@/convex/_generated/api";
import { Nothing, Panel } from "../frame/panel";
import { useScope } from "../frame/scope";
import { TablePage } from "../frame/scrolling-page";
import { PAGE_ROWS } from "../table/endless-rows";
import { JobFilters } from "./job-filters";
import { JobSheet } from "./job-sheet";
import { JobTable } from "./job-table";
import { useJobFilters, useOpenJob } from "./job-url";

/** Decisions about all that the list shows, also what has not been scrolled to. */
function DecideAll() {
  const [scope] = useScope();
  const [{ type, provider }] = useJobFilters();
  const retryAll = useMutation(api.monitoring.jobs.decideAll.retryAll);
  const discardAll = useMutation(api.monitoring.jobs.decideAll.discardAll);
  const which = `${type === null && provider === null ? "all dead letters" : "all dead letters that the filters show"}${scope === "deployment" ? ", of everybody" : ""}`;

  async function decide(change: Promise<unknown>, done: string, failure: string) {
    if (await attempt(change, failure)) toast.success(done);
  }

  return (
    <>
      <ConfirmDialog
        trigger={<Button size="small">Retry all</Button>}
        title="Retry all dead letters?"
        description={`This asks anew for the work of ${which}. Where an account has to be reconnected first, they stay.`}
        confirm="Retry all"
        tone="primary"
        onConfirm={() => void decide(retryAll({ scope, type, provider }), "They are tried again", "Not retried")}
      />
      <ConfirmDialog
        trigger={
          <Button size="small" variant="quiet">
            Discard all
          </Button>
        }
        title="Discard all dead letters?"
        description={`This takes ${which} off the list. The work is not done, until something else asks for it.`}
        confirm="Discard all"
        onConfirm={() => void decide(discardAll({ scope, type, provider }), "They are off the list", "Not discarded")}
      />
    </>
  );
}

/** Work that was given up, and what is to become of it. */
export function DeadLettersScreen() {
  const [scope] = useScope();
  const [{ type, provider }] = useJobFilters();
  const [openId, setOpenId] = useOpenJob();
  const filter = { scope, status: "failed" as const, type, provider };
  const rows = usePaginatedQuery(api.monitoring.jobs.list.list, filter, { initialNumItems: PAGE_ROWS });
  return (
    <TablePage>
      <Panel
        title="Dead letters"
        note="Work that was given up"
        className="min-h-0 max-h-full"
        aside={
          <>
            <span className="flex gap-2">
              <JobFilters withStatus={false} />
            </span>
            {rows.results.length > 0 ? (
              <span className="flex gap-2">
                <DecideAll />
              </span>
            ) : null}
          </>
        }
      >
        <JobTable
          label="Dead letters"
          rows={rows}
          openId={openId}
          onOpen={setOpenId}
          empty={<Nothing title="No dead letter">Work that fails for good, or too often, waits here for a decision.</Nothing>}
        />
      </Panel>
      <JobSheet />
    </TablePage>
  );
}

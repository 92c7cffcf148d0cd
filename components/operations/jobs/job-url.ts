"use client";

import { parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { PROVIDER_PROFILES } from "@/lib/providers/profiles";
import { JOB_TYPES } from "@/lib/queue/job";
import { JOB_STATUSES } from "@/lib/queue/states";

const filters = {
  status: parseAsStringLiteral(JOB_STATUSES),
  type: parseAsStringLiteral(JOB_TYPES),
  provider: parseAsStringLiteral(Object.keys(PROVIDER_PROFILES)),
};

/** What the list of jobs is narrowed to, kept in the address. What the address has that is no filter counts as none. */
export function useJobFilters() {
  return useQueryStates(filters, { history: "push" });
}

/** The job that is open beside the list, kept in the address: its link can be sent. */
export function useOpenJob(): [string | null, (jobId: string | null) => void] {
  const [jobId, setJobId] = useQueryState("job", parseAsString.withOptions({ history: "push" }));
  return [jobId, (next) => void setJobId(next)];
}

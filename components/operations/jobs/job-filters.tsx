"use client";

import { PROVIDER_PROFILES } from "@/lib/providers/profiles";
import { JOB_TYPES } from "@/lib/queue/job";
import { JOB_STATUSES } from "@/lib/queue/states";
import { FilterMenu } from "./filter-menu";
import { useJobFilters } from "./job-url";
import { STATUS_WORDS } from "./job-words";

const STATUSES = JOB_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value].label }));
const TYPES = JOB_TYPES.map((value) => ({ value, label: value }));
const PROVIDERS = Object.entries(PROVIDER_PROFILES).map(([value, { label }]) => ({ value, label }));

/** What the list is narrowed to. Dead letters have one status only. */
export function JobFilters({ withStatus }: { withStatus: boolean }) {
  const [{ status, type, provider }, setFilters] = useJobFilters();
  return (
    <>
      {withStatus ? <FilterMenu label="Status" value={status} options={STATUSES} onChange={(next) => void setFilters({ status: next })} /> : null}
      <FilterMenu label="Type" value={type} options={TYPES} onChange={(next) => void setFilters({ type: next })} />
      <FilterMenu label="Provider" value={provider} options={PROVIDERS} onChange={(next) => void setFilters({ provider: next })} />
    </>
  );
}

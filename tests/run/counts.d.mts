import type { Counts } from "./step.mjs";

export function vitestCounts(report: unknown): Counts;
export function playwrightCounts(report: unknown): Counts;
export function settle(counted: Counts | undefined, exitCode: number): Counts;
export function summaryLine(total: Counts): string;

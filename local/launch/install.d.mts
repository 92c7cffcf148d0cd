import type { Progress } from "./progress.mjs";

/** Packages by where they are, as package-lock.json lists them. */
export type Packages = Readonly<Record<string, { version?: string; optional?: boolean; devOptional?: boolean }>>;

export function ensureInstalled(root: string, progress: Progress): Promise<void>;
export function agrees(wanted: Packages, found: Packages): boolean;

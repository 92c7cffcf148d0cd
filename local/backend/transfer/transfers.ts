import { randomUUID } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { z } from "zod";
import type { Engine } from "../engine/engine";
import { failureOf } from "../functions/function-failure";
import { splitTableKey } from "../tables/catalog";
import { encodeInt64, FunctionError, type Encoded } from "../values/encoded-value";
import { metaKey } from "../values/keys";
import { exportFiles } from "./export-files";
import { importWrites, planImport, type ImportPlan } from "./import-plan";
import { readIncoming, type IncomingTable } from "./incoming";
import { writeZip, type SnapshotFile } from "./snapshot-zip";

export const finishUploadBody = z.object({
  uploadToken: z.string(),
  partTokens: z.array(z.string()),
  import: z.object({
    tableName: z.string().nullish(),
    componentPath: z.string().nullish(),
    mode: z.enum(["requireEmpty", "append", "replace", "replaceAll"]),
    format: z.enum(["zip", "jsonLines", "jsonArray", "csv"]),
  }),
});
type ImportRequest = z.infer<typeof finishUploadBody>["import"];

/** How far an export or import is, as the CLI reads it. */
type State = { state: string; [fact: string]: Encoded };

interface Import {
  state: State;
  mode: ImportRequest["mode"];
  tables: IncomingTable[];
}

/** An upload may not go on for ever. */
const MOST_PARTS = 10_000;
/** What is uploaded and not confirmed is forgotten after this long. */
const PATIENCE_MS = 60 * 60 * 1000;

/** Exports and imports of all data, by `npx convex export` and `npx convex import`. Files in transit lie in `folder`. */
export class Transfers {
  private export: State | null = null;
  private readonly imports = new Map<string, Import>();

  constructor(
    private readonly deps: { engine: Engine; folder: string; imported: () => void },
  ) {
    // What a process that ended left behind belongs to nobody.
    rmSync(deps.folder, { recursive: true, force: true });
    mkdirSync(deps.folder, { recursive: true, mode: 0o700 });
  }

  /** Begins an export of what is committed now. Throws {@link FunctionError} when one is being made. */
  async startExport(includeStorage: boolean): Promise<void> {
    if (includeStorage) throw new FunctionError("File storage is not available on the embedded backend: export without --include-file-storage.");
    if (this.export?.state === "in_progress") throw new ExportInProgress();
    const { engine, folder } = this.deps;
    const startTs = engine.ts;
    const snapshot = engine.store.snapshot();
    // All of one moment: nothing is awaited between them.
    const files = exportFiles(engine.catalog, Object.keys(engine.deployment.analysis.tree), snapshot);
    await this.setExport({ state: "in_progress" });
    void this.writeExport(startTs, files)
      .catch((thrown: unknown) => {
        process.stderr.write(`An export failed: ${String(thrown)}\n`);
        return { state: "failed" };
      })
      .finally(() => snapshot.release())
      .then(async (state) => {
        const kept = state.state === "completed" ? exportName(startTs) : null;
        for (const name of readdirSync(folder)) if (name.endsWith(".zip") && name !== kept) rmSync(join(folder, name));
        await this.setExport(state);
      });
  }

  /** The archive of a finished export, or null. */
  download(ts: string): { stream: Readable; name: string } | null {
    const name = /^\d+$/.test(ts) ? exportName(Number(ts)) : "";
    const path = join(this.deps.folder, name);
    return name !== "" && this.export?.state === "completed" && existsSync(path) ? { stream: createReadStream(path), name } : null;
  }

  startUpload(): string {
    const token = randomUUID();
    mkdirSync(this.uploadFolder(token), { recursive: true, mode: 0o700 });
    setTimeout(() => void this.forget(token), PATIENCE_MS).unref();
    return token;
  }

  /** Takes one part of an upload. Throws {@link FunctionError} for an upload that was not begun. */
  uploadPart(token: string, part: number, bytes: Buffer): string {
    if (!Number.isInteger(part) || part < 1 || part > MOST_PARTS) throw new FunctionError(`${part} is not the number of a part.`);
    const file = join(this.knownUpload(token), String(part));
    try {
      writeFileSync(file, bytes);
    } catch (thrown) {
      rmSync(file, { force: true });
      throw thrown;
    }
    return String(part);
  }

  /** Ends an upload and begins to read it; {@link importState} tells how that goes. */
  async finishUpload({ uploadToken, partTokens, import: request }: z.infer<typeof finishUploadBody>): Promise<string> {
    const folder = this.knownUpload(uploadToken);
    const parts = partTokens.map((part) => join(folder, String(Number(part))));
    const missing = parts.findIndex((part) => !existsSync(part));
    if (missing >= 0) throw new FunctionError(`Part ${partTokens[missing]} of the upload is missing.`);
    const id = uploadToken;
    this.imports.set(id, { state: { state: "uploaded" }, mode: request.mode, tables: [] });
    void this.read(id, parts, request).finally(() => rmSync(folder, { recursive: true, force: true }));
    return id;
  }

  /** Does what was confirmed: all of it in one commit, or nothing. */
  async perform(id: string): Promise<void> {
    const found = this.imports.get(id);
    if (found?.state.state !== "waiting_for_confirmation") throw new FunctionError("There is no such import waiting to be confirmed.");
    await this.set(found, { state: "in_progress", progress_message: "Importing", checkpoint_messages: [] });
    void this.deps.engine.lock
      .run(() => this.commit(found))
      .then(
        (rows) => ({ state: "completed", num_rows_written: encodeInt64(BigInt(rows)) }),
        (thrown: unknown) => ({ state: "failed", error_message: failureOf(thrown).message }),
      )
      .then((state) => {
        found.tables = [];
        if (state.state === "completed") this.deps.imported();
        return this.set(found, state);
      });
  }

  /** Lets go of an upload that was not finished or an import that was not confirmed. */
  private async forget(id: string): Promise<void> {
    const found = this.imports.get(id);
    if (found === undefined) rmSync(this.uploadFolder(id), { recursive: true, force: true });
    if (found?.state.state !== "waiting_for_confirmation") return;
    found.tables = [];
    await this.set(found, { state: "failed", error_message: "The import was not confirmed in time." });
  }

  importState(id: string): Encoded {
    const found = this.imports.get(id);
    return found === undefined ? null : { state: found.state };
  }

  listImports(): Encoded {
    return [...this.imports.values()].map(({ state }) => ({ state }));
  }

  exportState(): Encoded {
    return this.export;
  }

  private async writeExport(startTs: number, files: Iterable<SnapshotFile>): Promise<State> {
    await writeZip(join(this.deps.folder, exportName(startTs)), files);
    const ts = encodeInt64(BigInt(startTs));
    return { state: "completed", start_ts: ts, complete_ts: ts, zip_object_key: exportName(startTs) };
  }

  private async read(id: string, parts: readonly string[], { tableName, componentPath, mode, format }: ImportRequest): Promise<void> {
    const found = this.imports.get(id);
    if (found === undefined) return;
    try {
      const { engine } = this.deps;
      const component = componentPath ?? "";
      if (!isKnown(engine, component)) throw new FunctionError(`There is no component "${component}". Push the code that mounts it first, or leave out --component.`);
      found.tables = await readIncoming(parts, format, component, tableName ?? null);
      const plan = planImport(engine.store, engine.catalog, found.tables, mode);
      await this.set(found, { state: "waiting_for_confirmation", message_to_confirm: summary(plan), require_manual_confirmation: plan.cleared.length > 0 });
    } catch (thrown) {
      await this.set(found, { state: "failed", error_message: failureOf(thrown).message });
    }
  }

  private commit({ tables, mode }: Import): number {
    const { engine } = this.deps;
    // Planned anew: there may have been commits since the plan that was confirmed.
    const plan = planImport(engine.store, engine.catalog, tables, mode);
    engine.commit(importWrites(engine.store, engine.catalog, plan, tables, () => engine.nextCreationTime()), []);
    engine.catalog = plan.catalog;
    return plan.added.reduce((sum, { documents }) => sum + documents, 0);
  }

  private async setExport(state: State): Promise<void> {
    this.export = state;
    await this.announce();
  }

  private async set(target: Import, state: State): Promise<void> {
    target.state = state;
    await this.announce();
  }

  /** A commit, so that those who watch are told. */
  private async announce(): Promise<void> {
    await this.deps.engine.lock.run(() => this.deps.engine.commit([[metaKey("transfers"), String(Date.now())]], [metaKey("transfers")]));
  }

  private uploadFolder(token: string): string {
    return join(this.deps.folder, `upload-${token}`);
  }

  private knownUpload(token: string): string {
    const folder = this.uploadFolder(token);
    if (!/^[0-9a-f-]{36}$/.test(token) || !existsSync(folder)) throw new FunctionError("There is no such upload.");
    return folder;
  }
}

/** Whether a component is mounted, or has left tables behind. */
function isKnown({ deployment, catalog }: Engine, component: string): boolean {
  return component === "" || Object.hasOwn(deployment.analysis.tree, component) || Object.keys(catalog.tables).some((key) => splitTableKey(key).component === component);
}

/** The CLI knows it by its code. */
export class ExportInProgress extends FunctionError {
  readonly code = "ExportInProgress";
  constructor() {
    super("An export is being made already.");
  }
}

function exportName(ts: number): string {
  return `snapshot_${ts}.zip`;
}

function summary({ cleared, added }: ImportPlan): string {
  const lines = added.map(({ key, documents }) => {
    const lost = cleared.find((table) => table.key === key)?.documents ?? 0;
    return `${key}: ${documents} documents${lost > 0 ? `, in the place of ${lost}` : ""}`;
  });
  for (const { key, documents } of cleared) if (!added.some((table) => table.key === key)) lines.push(`${key}: its ${documents} documents are deleted`);
  return lines.join("\n");
}

import { randomUUID } from "node:crypto";
import { z } from "zod";
import { parseProviders, TokenVerifier, type AuthProvider } from "../serving/auth";
import type { Credentials } from "../serving/credentials";
import { EMPTY_PUSH, storedModule, storedPush, type Deployment, type StoredPush } from "./deployment";
import { FunctionError } from "../values/encoded-value";
import type { Engine } from "../engine/engine";
import { applyChanges, type Environment, type EnvironmentChange } from "./environment";
import { PushRefused } from "../functions/function-failure";
import { CATALOG, metaKey } from "../values/keys";
import { hostLimits, limits } from "../limits";
import { FifoLock } from "../engine/lock";
import { findUnfit, indexWrites } from "../tables/migration";
import type { CronSpecs, Scheduler } from "./scheduler";
import { describeAnalysis, indexDiffOf, mountDiff } from "./push-description";
import { parseSchema, planCatalog, type Schema } from "../tables/schema";
import type { Write } from "../store/store";

export const startPushBody = z.object({
  adminKey: z.string(),
  dryRun: z.boolean().optional(),
  functions: z.string(),
  appDefinition: z.object({
    definition: storedModule.nullish(),
    schema: storedModule.nullish(),
    changedModules: z.array(storedModule),
    unchangedModuleHashes: z.array(z.object({ path: z.string() })),
    udfServerVersion: z.string(),
  }),
  componentDefinitions: z.array(z.object({ definitionPath: z.string(), definition: storedModule, schema: storedModule.nullish(), functions: z.array(storedModule), udfServerVersion: z.string() })),
});
const schemaIds = z.object({ schemaIds: z.object({ push: z.string() }) });
export const waitBody = z.object({ adminKey: z.string(), schemaChange: schemaIds });
export const finishPushBody = z.object({ adminKey: z.string(), dryRun: z.boolean().optional(), startPush: z.object({ schemaChange: schemaIds }) });

/** A push that was evaluated and not yet taken into service. */
interface Candidate {
  id: string;
  deployment: Deployment;
  schemas: ReadonlyMap<string, Schema | null>;
  providers: AuthProvider[];
  crons: CronSpecs;
  environment: Environment;
}

/** Takes pushes of the stock CLI and changes of the environment into service: all of one or nothing. */
export class PushService {
  private readonly oneAtATime = new FifoLock();
  private candidate: Candidate | null = null;
  environment: Environment;

  constructor(
    private readonly deps: {
      engine: Engine;
      scheduler: Scheduler;
      credentials: Credentials;
      makeDeployment: (push: StoredPush, environment: Environment) => Deployment;
      activated: () => void;
    },
  ) {
    const stored = deps.engine.store.get(metaKey("environment"));
    this.environment = stored === undefined ? {} : z.record(z.string(), z.string()).parse(JSON.parse(stored));
  }

  /** Puts the last push back into service after a restart. A module that fails now leaves the deployment without functions. */
  async restore(): Promise<void> {
    const { engine, credentials } = this.deps;
    const stored = engine.store.get(metaKey("push"));
    const push = stored === undefined ? EMPTY_PUSH : storedPush.parse(JSON.parse(stored));
    engine.deployment = this.deps.makeDeployment(push, this.environment);
    try {
      const analysis = await engine.deployment.analyze();
      credentials.verifier = new TokenVerifier(parseProviders(analysis.definitions[""]?.authConfig ?? null), Date.now);
      engine.deployment.transactions.keepSpare();
    } catch (thrown) {
      process.stderr.write(`The deployed code could not be loaded: ${String(thrown)}\n`);
    }
  }

  /**
   * Evaluates a push and answers as the CLI expects. `deploy` asks twice, first only to see what would change; the second
   * time finds the first one's work. Rejects with {@link FunctionError} when the push is refused.
   */
  start(body: z.infer<typeof startPushBody>): Promise<object> {
    return this.oneAtATime.run(async () => {
      const { appDefinition, componentDefinitions } = body;
      const push: StoredPush = {
        modules: appDefinition.changedModules,
        schemaSource: appDefinition.schema?.source ?? null,
        definitionSource: appDefinition.definition?.source ?? null,
        components: componentDefinitions.map(({ definitionPath, definition, schema, functions }) => ({
          definitionPath,
          definitionSource: definition.source,
          modules: functions,
          schemaSource: schema?.source ?? null,
        })),
        udfServerVersion: appDefinition.udfServerVersion,
        functionsFolder: body.functions,
      };
      assertCodeSize(push);
      if (this.candidate === null || this.candidate.environment !== this.environment || JSON.stringify(this.candidate.deployment.push) !== JSON.stringify(push)) {
        await this.drop(this.candidate);
        this.candidate = await this.evaluate(push, this.environment);
      }
      this.dropLater(this.candidate);
      return this.describe(this.candidate);
    });
  }

  /** Checks the stored documents against the schema of a push. */
  async wait({ schemaChange }: z.infer<typeof waitBody>): Promise<object> {
    const candidate = this.expect(schemaChange.schemaIds.push);
    const { engine } = this.deps;
    return engine.lock.run(() => {
      const unfit = findUnfit(engine.store, engine.catalog, planCatalog(engine.catalog, candidate.schemas));
      return unfit === null ? { type: "complete" } : { type: "failed", ...unfit };
    });
  }

  /** Takes a push into service. Rejects with {@link PushRefused} when documents or environment have changed against it. */
  finish({ startPush, dryRun }: z.infer<typeof finishPushBody>): Promise<object> {
    return this.oneAtATime.run(async () => {
      const candidate = this.expect(startPush.schemaChange.schemaIds.push);
      if (candidate.environment !== this.environment) throw new PushRefused("RaceDetected", "Environment variables changed during the push. Push again.");
      const { engine } = this.deps;
      const plan = planCatalog(engine.catalog, candidate.schemas);
      const mounts = mountDiff(engine.deployment.analysis.tree, candidate.deployment.analysis.tree, engine.catalog);
      const cronDiff = dryRun ? null : await this.activate(candidate, [[metaKey("push"), JSON.stringify(candidate.deployment.push)]]);
      const componentDiffs = mounts.map(([component, type]) => [
        component,
        {
          diffType: { type },
          moduleDiff: { added: [], removed: [] },
          udfConfigDiff: null,
          cronDiff: (component === "" ? cronDiff : null) ?? { added: [], updated: [], deleted: [] },
          indexDiff: indexDiffOf(plan, component),
          schemaDiff: null,
        },
      ]);
      return { authDiff: { added: [], removed: [] }, definitionDiffs: {}, componentDiffs: Object.fromEntries(componentDiffs) as object };
    });
  }

  /** Changes the environment; the code is loaded anew, so that what it read at its top level changes too. */
  changeEnvironment(changes: readonly EnvironmentChange[]): Promise<void> {
    return this.oneAtATime.run(async () => {
      const next = applyChanges(this.environment, changes);
      const candidate = await this.evaluate(this.deps.engine.deployment.push, next);
      await this.activate(candidate, [[metaKey("environment"), JSON.stringify(next)]]);
      this.environment = next;
    });
  }

  async close(): Promise<void> {
    await this.drop(this.candidate);
  }

  private async evaluate(push: StoredPush, environment: Environment): Promise<Candidate> {
    const deployment = this.deps.makeDeployment(push, environment);
    try {
      const analysis = await deployment.analyze();
      const components = Object.keys(analysis.tree);
      return {
        id: randomUUID(),
        deployment,
        schemas: new Map(components.map((component) => [component, parseSchema(deployment.analysisOf(component)?.schema ?? null)])),
        providers: parseProviders(analysis.definitions[""]?.authConfig ?? null),
        crons: Object.assign({}, ...components.map((component) => this.cronsOf(component, deployment))) as CronSpecs,
        environment,
      };
    } catch (thrown) {
      await deployment.close();
      throw thrown;
    }
  }

  private cronsOf(component: string, deployment: Deployment): CronSpecs {
    return this.deps.scheduler.parseCrons(component, deployment.analysisOf(component)?.crons ?? null, (address) => deployment.find(address)?.kind);
  }

  private async activate(candidate: Candidate, writes: Write[]): Promise<object> {
    const { engine, scheduler, credentials } = this.deps;
    const { deployment, schemas, crons, providers } = candidate;
    const { old, diff } = await engine.lock.run(() => {
      const plan = planCatalog(engine.catalog, schemas);
      const unfit = findUnfit(engine.store, engine.catalog, plan);
      if (unfit !== null) throw new PushRefused("SchemaValidationFailed", unfit.error);
      const cronPlan = scheduler.planCrons(crons);
      const all: Write[] = [...writes, cronPlan.write, [CATALOG, JSON.stringify(plan.catalog)], ...indexWrites(engine.store, plan)];
      engine.commit(all, writes.map(([key]) => key));
      const previous = engine.deployment;
      engine.catalog = plan.catalog;
      engine.deployment = deployment;
      credentials.verifier = new TokenVerifier(providers, Date.now);
      scheduler.adoptCrons(cronPlan.states);
      return { old: previous, diff: cronPlan.diff };
    });
    if (this.candidate === candidate) this.candidate = null;
    deployment.transactions.keepSpare();
    this.deps.activated();
    await old.retire();
    return diff;
  }

  private describe({ id, deployment, schemas, providers }: Candidate): object {
    const { analysis, push } = deployment;
    const plan = planCatalog(this.deps.engine.catalog, schemas);
    const indexDiffs = Object.keys(analysis.tree).map((component) => [component, indexDiffOf(plan, component)]);
    return {
      environmentVariables: this.environment,
      externalDepsId: null,
      componentDefinitionPackages: {},
      appAuth: providers.map((provider) => ("type" in provider ? { ...provider, applicationID: provider.applicationID ?? null } : provider)),
      ...describeAnalysis(analysis, schemas, push.udfServerVersion),
      schemaChange: { allocatedComponentIds: {}, schemaIds: { push: id }, indexDiffs: Object.fromEntries(indexDiffs) as object },
    };
  }

  /** `codegen` evaluates a push and never finishes it. */
  private dropLater(candidate: Candidate): void {
    setTimeout(() => void this.drop(candidate === this.candidate ? candidate : null), hostLimits.unfinishedPushMs).unref();
  }

  private expect(id: string): Candidate {
    if (this.candidate?.id !== id) throw new PushRefused("RaceDetected", "This push was overtaken by another one. Push again.");
    return this.candidate;
  }

  private async drop(candidate: Candidate | null): Promise<void> {
    if (candidate === null) return;
    if (this.candidate === candidate) this.candidate = null;
    await candidate.deployment.close();
  }
}

function assertCodeSize({ modules, components }: StoredPush): void {
  const sources = [...modules, ...components.flatMap((component) => component.modules)];
  const bytes = sources.reduce((sum, { source }) => sum + Buffer.byteLength(source), 0);
  if (bytes > limits.codeBytes) throw new FunctionError(`The modules of this push are too large (${bytes} bytes, limit: ${limits.codeBytes} bytes).`);
}

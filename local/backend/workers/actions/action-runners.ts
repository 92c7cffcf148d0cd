import type { ActionCall, HttpCall } from "../worker-protocol";
import type { Analysis } from "../../functions/analysis";
import type { ActionOutcome, ActionRunner, HttpOutcome, HttpSink, Listen } from "./action-runner";

/** Of workers that do not respond so many are waited for at the same time. */
const MOST_HUNG = 3;

type Runner = Pick<ActionRunner, "analyze" | "run" | "serve" | "retire" | "close" | "responds" | "idle">;

/**
 * The actions of one runtime: all in one worker while that responds. Once it does not, for an action that computes without end,
 * those that come get another; those that were in it wait until it responds again or is stopped.
 */
export class ActionRunners {
  private current: Runner;
  private hung: Runner[] = [];

  constructor(private readonly start: () => Runner) {
    this.current = start();
  }

  /** Rejects with {@link FunctionError} for a module that fails. */
  analyze(): Promise<Analysis> {
    return this.current.analyze();
  }

  run(call: ActionCall, listen: Listen): Promise<ActionOutcome> {
    return this.responsive().run(call, listen);
  }

  serve(call: HttpCall, sink: HttpSink, listen: Listen): Promise<HttpOutcome> {
    return this.responsive().serve(call, sink, listen);
  }

  /** Lets the actions that run finish, then ends the workers. */
  retire(): void {
    this.current.retire();
  }

  async close(): Promise<void> {
    await Promise.all([this.current, ...this.hung].map((runner) => runner.close()));
  }

  private responsive(): Runner {
    this.hung = this.hung.filter(({ idle }) => !idle);
    if (this.current.responds || this.hung.length === MOST_HUNG) return this.current;
    this.current.retire();
    this.hung.push(this.current);
    this.current = this.start();
    return this.current;
  }
}

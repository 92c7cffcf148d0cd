import type { Child } from "./child";

/** npm passes on the signal that the terminal has already sent us: so soon it is the same Ctrl-C. */
const sameSignalMs = 600;
const graceMs = 4_000;

/** The processes to be ended when the time comes. */
export interface Children {
  add(child: Child): void;
  remove(child: Child): void;
}

/** Ends everything that was started, last first. */
export interface Shutdown extends Children {
  /** To be done at the very end, whatever happened: nothing that takes time. */
  atEnd(work: () => void): void;
  /** Stops everything and ends this process. */
  stop(exitCode: number): Promise<never>;
  readonly stopping: boolean;
}

/** What `createShutdown` needs of the world. */
export interface ShutdownDeps {
  readonly exit: (code: number) => never;
  readonly now: () => number;
  readonly say: (text: string) => void;
}

/** Makes a Shutdown and the answer to a signal: the first one stops in good order, a second one at once. */
export function createShutdown({ exit, now, say }: ShutdownDeps): { shutdown: Shutdown; onSignal: () => void } {
  const children: Child[] = [];
  const last: (() => void)[] = [];
  let stoppedAt: number | undefined;

  const leave = (code: number): never => {
    for (const child of children) child.kill();
    for (const work of last.splice(0).reverse()) work();
    return exit(code);
  };
  const shutdown: Shutdown = {
    add: (child) => void children.push(child),
    remove(child) {
      const place = children.indexOf(child);
      if (place >= 0) children.splice(place, 1);
    },
    atEnd: (work) => void last.push(work),
    async stop(exitCode) {
      if (stoppedAt !== undefined) return new Promise<never>(() => {});
      stoppedAt = now();
      for (const child of [...children].reverse()) await child.stop(graceMs);
      return leave(exitCode);
    },
    get stopping() {
      return stoppedAt !== undefined;
    },
  };
  const onSignal = () => {
    if (stoppedAt === undefined) {
      say("\n  Stopping …");
      void shutdown.stop(0);
    } else if (now() - stoppedAt > sameSignalMs) leave(130);
  };
  return { shutdown, onSignal };
}

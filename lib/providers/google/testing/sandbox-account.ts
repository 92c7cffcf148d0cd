import { afterEach, beforeEach } from "vitest";
import { startSandbox, type Sandbox } from "../../../../local/sandbox/sandbox";
import { emptyWorld, NORA } from "../../../../local/sandbox/testing/empty-world";
import { createCallMeter } from "../../call-meter";
import type { AccessTokenSource } from "../../oauth";
import type { CalendarProvider } from "../../port";
import { googleProvider, type GoogleOptions } from "../provider";

const SCOPES = ["https://www.googleapis.com/auth/calendar.readonly", "https://www.googleapis.com/auth/calendar.events"];

export const HOLIDAYS = "holidays#holiday@group.v.calendar.google.com";

/** Nora's account at the sandbox: her empty calendar, which is named like her, and one of holidays. */
export interface SandboxAccount {
  sandbox: Sandbox;
  calendar: string;
  provider: CountedProvider;
  /** The tokens that the source was told are not taken any more. */
  rejected: string[];
  /** A provider of its own kind for the same account; closed with the rest. */
  open(options: Partial<GoogleOptions>): CountedProvider;
}

/** A provider that also tells how many requests it has sent. */
export interface CountedProvider extends CalendarProvider {
  callsMade(): number;
}

/** Gives each test of the file a sandbox of its own; `use` hears of it. */
export function sandboxAccountPerTest(use: (account: SandboxAccount) => void): void {
  let sandbox: Sandbox;
  let opened: CalendarProvider[];
  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, world: emptyWorld(), retryDelaysMs: [5] });
    opened = [];
    const rejected: string[] = [];
    let current = sandbox.control.google.connect(NORA.email, SCOPES).accessToken;
    const accessToken: AccessTokenSource = async (refused) => {
      if (refused !== undefined) {
        rejected.push(refused);
        current = sandbox.control.google.connect(NORA.email, SCOPES).accessToken;
      }
      return { kind: "token", accessToken: current };
    };
    const open = (options: Partial<GoogleOptions>) => {
      const meter = createCallMeter();
      const provider = Object.assign(googleProvider({ accessToken, sandboxUrl: sandbox.url, meter, ...options }), {
        callsMade: () => meter.cost().apiCalls,
      });
      opened.push(provider);
      return provider;
    };
    use({ sandbox, calendar: NORA.email, provider: open({}), rejected, open });
  });
  afterEach(async () => {
    for (const provider of opened) await provider.close();
    await sandbox.stop();
  });
}

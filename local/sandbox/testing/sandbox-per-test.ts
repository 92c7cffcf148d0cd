import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { afterEach, beforeEach } from "vitest";
import { startSandbox, type Sandbox } from "../sandbox";
import { emptyWorld, NORA } from "./empty-world";
import { connected } from "./google-client";

/** What a test works with: good from its beginning to its end. */
export interface InUse {
  sandbox: Sandbox;
  /** Google's calendar client, in Nora's name. */
  api: calendar_v3.Calendar;
}

/** Gives each test of the file a sandbox of its own, with Nora's empty calendar in it; `use` hears of it. */
export function sandboxPerTest(use: (given: InUse) => void): void {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, world: emptyWorld() });
    use({ sandbox, api: connected(sandbox, NORA.email) });
  });
  afterEach(() => sandbox.stop());
}

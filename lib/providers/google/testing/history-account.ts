import { afterAll, beforeAll } from "vitest";
import type { GoogleDesk } from "../../../../local/sandbox/google/desk";
import { startSandbox, type Sandbox } from "../../../../local/sandbox/sandbox";
import { emptyWorld, NORA } from "../../../../local/sandbox/testing/empty-world";
import { CALENDAR_SCOPE, connected } from "../../../../local/sandbox/testing/google-client";
import type { CalendarProvider } from "../../port";
import { googleProvider } from "../provider";

const UNLIMITED = { callsPerMinute: 1_000_000, callsPerMinutePerUser: 1_000_000 };

/** An account at the sandbox for histories of all kinds: it may be asked as often as a property likes. */
export interface HistoryAccount {
  desk: GoogleDesk;
  /** Makes a calendar for one history, and says its id. */
  newCalendar(): Promise<string>;
  /** A provider that reads pages of this size; to be closed. */
  open(pageSize: number): CalendarProvider;
}

/** Gives all tests of the file one sandbox; `use` hears of the account before the first. */
export function historyAccount(use: (account: HistoryAccount) => void): void {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, world: emptyWorld() });
    const { google: desk } = sandbox.control;
    desk.changeSettings(UNLIMITED);
    const { accessToken } = desk.connect(NORA.email, [CALENDAR_SCOPE]);
    const api = connected(sandbox, NORA.email);
    use({
      desk,
      newCalendar: async () => (await api.calendars.insert({ requestBody: { summary: "History", timeZone: NORA.timeZone } })).data.id ?? "",
      open: (pageSize) =>
        googleProvider({
          accessToken: async () => ({ kind: "token", accessToken }),
          sandboxUrl: sandbox.url,
          pageSizes: { first: pageSize, later: pageSize },
        }),
    });
  });
  afterAll(() => sandbox.stop());
}

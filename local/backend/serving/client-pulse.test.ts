import { describe, expect, it } from "vitest";
import { hostLimits } from "../limits";
import { ClientPulse } from "./client-pulse";

const beats = hostLimits.silentMs / hostLimits.pingMs;

describe("ClientPulse", () => {
  it("gives up a client from which nothing comes, and none that answers now and then", () => {
    const [gone, there] = [new ClientPulse(), new ClientPulse()];
    for (let beat = 0; beat < beats; beat++) expect(gone.beat(0)).toBe(true);
    expect(gone.beat(0)).toBe(false);
    for (let beat = 0; beat < 10 * beats; beat++) {
      if (beat % beats === 0) there.heard();
      expect(there.beat(0)).toBe(true);
    }
  });

  it("waits for a client that cannot answer yet, since it still reads what came before", () => {
    const pulse = new ClientPulse();
    let unread = 10 * beats;
    for (; unread > 0; unread--) expect(pulse.beat(unread)).toBe(true);
    for (let beat = 0; beat < beats; beat++) pulse.beat(1);
    expect(pulse.beat(1)).toBe(false);
  });
});

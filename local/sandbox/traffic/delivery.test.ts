import { describe, expect, it } from "vitest";
import { type NotificationFaults, RELIABLE } from "../faults/notification-faults";
import { seededRandom } from "../random";
import { createDelivery, type Message, type RetryPlan } from "./delivery";

const PLAN: RetryPlan = { delivered: (status) => status < 300, again: (status) => status >= 500, delaysMs: [1_000, 2_000] };
const message = (label: string, address = "http://127.0.0.1:9/callback"): Message => ({ stream: "s", address, headers: {}, body: "", label });

/** A delivery whose clock is a list of waits, and whose receiver answers in turn. */
function delivery(faults: Partial<NotificationFaults>, answers: number[] = []) {
  const waits: number[] = [];
  const posted: string[] = [];
  const made = createDelivery({
    faults: () => ({ ...RELIABLE, ...faults }),
    random: (() => {
      const random = seededRandom("delivery");
      return () => random;
    })(),
    now: () => 0,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    fetch: (address) => {
      posted.push(String(address));
      const status = answers.shift() ?? 200;
      return status === 0 ? Promise.reject(new Error("refused")) : Promise.resolve(new Response(null, { status }));
    },
  });
  return { made, waits, posted };
}

describe("delivering", () => {
  it("tries again after a 5xx and after nobody answered, each time later, and then gives up", async () => {
    const { made, waits } = delivery({}, [503, 0, 500]);
    await made.send(message("m"), PLAN);
    await made.idle();
    expect(waits).toEqual([1_000, 2_000]);
    expect(made.recent(9).map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [3, 500],
      [2, "unreachable"],
      [1, 503],
    ]);
  });

  it("does not try again what was refused", async () => {
    const { made } = delivery({}, [404]);
    await made.send(message("m"), PLAN);
    await made.idle();
    expect(made.recent(9)).toHaveLength(1);
  });

  it("never calls another machine", async () => {
    const { made, posted } = delivery({});
    await made.send(message("m", "https://example.com/callback"), { ...PLAN, delaysMs: [] });
    expect(posted).toEqual([]);
    expect(made.recent(1)).toMatchObject([{ outcome: "unreachable" }]);
  });

  it("drops and doubles as the faults say, and says so", async () => {
    const dropping = delivery({ drop: 1 });
    await dropping.made.send(message("m"), PLAN);
    expect(dropping.made.recent(1)).toMatchObject([{ outcome: "dropped" }]);
    expect(dropping.posted).toEqual([]);
    const doubling = delivery({ duplicate: 1 });
    await doubling.made.send(message("m"), PLAN);
    await doubling.made.idle();
    expect(doubling.posted).toHaveLength(2);
  });

  it("keeps the order of a stream where nothing is to be overtaken", async () => {
    const { made } = delivery({});
    await Promise.all(["1", "2", "3"].map((label) => made.send(message(label), PLAN)));
    expect(made.recent(9).map(({ label }) => label)).toEqual(["3", "2", "1"]);
  });
});

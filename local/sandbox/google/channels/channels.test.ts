import { beforeEach, describe, expect, it } from "vitest";
import { seededRandom } from "../../random";
import { type Message } from "../../traffic/delivery";
import { type Change } from "../calendar/book";
import { Channels } from "./channels";

const CALENDAR: Change = { kind: "events", calendarId: "nora@example.com" };
const OTHER: Change = { kind: "events", calendarId: "other@example.com" };
const HOUR_MS = 3_600_000;

let sent: Message[];
let world: { now: number; granted: boolean };
let channels: Channels;
beforeEach(() => {
  sent = [];
  world = { now: 0, granted: true };
  const random = seededRandom("channels");
  channels = new Channels([], {
    delivery: {
      send: (message) => {
        sent.push(message);
        return Promise.resolve();
      },
      recent: () => [],
      idle: () => Promise.resolve(),
      close: () => undefined,
    },
    random: () => random,
    now: () => world.now,
    isGranted: () => world.granted,
    retryDelaysMs: [],
  });
});

const open = (id: string, resource = CALENDAR) =>
  channels.add({ id, accountId: "1", clientId: "c", resource, resourceId: "r", resourceUri: "http://127.0.0.1/r", address: "http://127.0.0.1/callback", token: null, expiresAt: HOUR_MS });
const states = () => sent.map(({ headers }) => `${headers["X-Goog-Channel-ID"]} ${headers["X-Goog-Resource-State"]}`);

describe("channels", () => {
  it("overlap: both of one resource are told, and each of its own resource only", () => {
    open("old");
    open("new");
    open("elsewhere", OTHER);
    channels.tell(CALENDAR, "exists");
    expect(states()).toEqual(["old sync", "new sync", "elsewhere sync", "old exists", "new exists"]);
  });

  it("number their messages upwards, beginning with 1, not one by one", () => {
    open("a");
    for (let change = 0; change < 20; change += 1) channels.tell(CALENDAR, "exists");
    const numbers = sent.map(({ headers }) => Number(headers["X-Goog-Message-Number"]));
    expect(numbers[0]).toBe(1);
    const steps = numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeGreaterThan(1);
  });

  it("end with their time", () => {
    open("a");
    world.now = HOUR_MS;
    channels.tell(CALENDAR, "exists");
    expect(states()).toEqual(["a sync"]);
    expect(channels.stop("a", "r", "1", "c")).toBe(false);
    expect(channels.isKnown("a")).toBe(true);
  });

  it("say nothing once access is revoked", () => {
    open("a");
    world.granted = false;
    channels.tell(CALENDAR, "exists");
    expect(states()).toEqual(["a sync"]);
  });

  it("that were killed silently deliver nothing, and can be stopped as if nothing had happened", () => {
    open("a");
    expect(channels.silence(() => true)).toBe(1);
    channels.tell(CALENDAR, "exists");
    expect(states()).toEqual(["a sync"]);
    expect(channels.stop("a", "r", "1", "c")).toBe(true);
  });

  it("are stopped only by whom they belong to, with both ids", () => {
    open("a");
    expect(channels.stop("a", "other", "1", "c")).toBe(false);
    expect(channels.stop("a", "r", "2", "c")).toBe(false);
    expect(channels.stop("a", "r", "1", "other")).toBe(false);
    expect(channels.stop("a", "r", "1", "c")).toBe(true);
  });
});

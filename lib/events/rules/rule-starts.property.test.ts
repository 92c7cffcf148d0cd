import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localOf, wallMsOf } from "../time";
import { compileRule } from "./rule-starts";

const DAY = 86_400_000;
const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

interface Spec {
  freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  interval: number;
  weekStart: number;
  months: number[];
  monthDays: number[];
  yearDays: number[];
  weekdays: string[];
  hours: number[];
  positions: number[];
  count: number | null;
}

const signed = (max: number) => fc.integer({ min: 1, max }).chain((size) => fc.constantFrom(size, -size));
const few = <T>(item: fc.Arbitrary<T>, most = 3) => fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: fc.uniqueArray(item, { minLength: 1, maxLength: most }) });

const spec: fc.Arbitrary<Spec> = fc.constantFrom<Spec["freq"]>("DAILY", "WEEKLY", "MONTHLY", "YEARLY").chain((freq) =>
  fc.record({
    freq: fc.constant(freq),
    interval: fc.integer({ min: 1, max: 4 }),
    weekStart: fc.integer({ min: 0, max: 6 }),
    months: few(fc.integer({ min: 1, max: 12 })),
    monthDays: freq === "WEEKLY" ? fc.constant([]) : few(signed(31)),
    yearDays: freq === "YEARLY" ? few(signed(366)) : fc.constant([]),
    weekdays: few(
      fc.tuple(freq === "MONTHLY" ? fc.constantFrom("", "1", "2", "-1", "5") : freq === "YEARLY" ? fc.constantFrom("", "1", "-1", "20") : fc.constant(""), fc.constantFrom(...WEEKDAYS)).map(([n, day]) => n + day),
    ),
    hours: few(fc.integer({ min: 0, max: 23 }), 2),
    positions: few(signed(6), 2),
    count: fc.option(fc.integer({ min: 1, max: 30 })),
  }),
);

function ruleText(each: Spec): string {
  const list = (name: string, values: readonly (string | number)[]) => (values.length === 0 ? [] : [`${name}=${values.join(",")}`]);
  return [
    `FREQ=${each.freq}`, `INTERVAL=${each.interval}`, `WKST=${WEEKDAYS[each.weekStart]}`,
    ...list("BYMONTH", each.months), ...list("BYMONTHDAY", each.monthDays), ...list("BYYEARDAY", each.yearDays), ...list("BYDAY", each.weekdays),
    ...list("BYHOUR", each.hours), ...list("BYSETPOS", each.positions),
    ...(each.count === null ? [] : [`COUNT=${each.count}`]),
  ].join(";");
}

/** RFC 5545 §3.3.10 word for word and without haste: every day is asked whether it is meant, period by period. */
function byHand(each: Spec, start: number, until: number): number[] {
  const date = (ms: number) => new Date(ms);
  const from = date(start);
  const noDayPart = each.monthDays.length + each.yearDays.length + each.weekdays.length === 0;
  const lastOfMonth = (d: Date) => date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 0)).getUTCDate();
  const yearDay = (d: Date) => Math.round((Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()) - Date.UTC(d.getUTCFullYear(), 0, 1)) / DAY) + 1;
  const yearLength = (d: Date) => yearDay(date(Date.UTC(d.getUTCFullYear(), 11, 31)));
  const isMeant = (d: Date): boolean => {
    if (each.months.length > 0 && !each.months.includes(d.getUTCMonth() + 1)) return false;
    if (each.monthDays.length > 0 && !each.monthDays.some((n) => (n > 0 ? n : lastOfMonth(d) + 1 + n) === d.getUTCDate())) return false;
    if (each.yearDays.length > 0 && !each.yearDays.some((n) => (n > 0 ? n : yearLength(d) + 1 + n) === yearDay(d))) return false;
    if (each.weekdays.length > 0) {
      const inMonth = each.freq === "MONTHLY" || each.months.length > 0;
      const place = inMonth ? d.getUTCDate() : yearDay(d);
      const size = inMonth ? lastOfMonth(d) : yearLength(d);
      const isThis = (item: string) => {
        const n = Number(item.slice(0, -2) || 0);
        if (WEEKDAYS[d.getUTCDay()] !== item.slice(-2)) return false;
        return n === 0 || (n > 0 ? Math.floor((place - 1) / 7) + 1 === n : Math.floor((size - place) / 7) + 1 === -n);
      };
      if (!each.weekdays.some(isThis)) return false;
    }
    if (!noDayPart) return true;
    if (each.freq === "WEEKLY") return d.getUTCDay() === from.getUTCDay();
    if (each.freq === "MONTHLY") return d.getUTCDate() === from.getUTCDate();
    if (each.freq === "YEARLY") return d.getUTCDate() === from.getUTCDate() && (each.months.length > 0 || d.getUTCMonth() === from.getUTCMonth());
    return true;
  };
  const weekOf = (ms: number) => Math.floor((Math.floor(ms / DAY) - ((date(ms).getUTCDay() - each.weekStart + 7) % 7)) / 7 + 100_000);
  const periodOf = (ms: number): number => {
    const d = date(ms);
    if (each.freq === "DAILY") return Math.floor(ms / DAY);
    if (each.freq === "WEEKLY") return weekOf(ms);
    return each.freq === "MONTHLY" ? d.getUTCFullYear() * 12 + d.getUTCMonth() : d.getUTCFullYear();
  };
  const hours = each.hours.length > 0 ? [...each.hours].sort((a, b) => a - b) : [from.getUTCHours()];
  const periods = new Map<number, number[]>();
  const firstDay = Date.UTC(from.getUTCFullYear(), 0, 1) - 7 * DAY;
  for (let day = firstDay; day <= until + 366 * DAY; day += DAY) {
    const period = periodOf(day);
    if ((period - periodOf(start)) % each.interval !== 0 || !isMeant(date(day))) continue;
    const starts = periods.get(period) ?? [];
    periods.set(period, starts);
    for (const hour of hours) starts.push(day + hour * 3_600_000 + from.getUTCMinutes() * 60_000);
  }
  const chosen = [...periods.values()].flatMap((starts) =>
    each.positions.length === 0 ? starts : starts.filter((_, index) => each.positions.some((p) => (p > 0 ? p - 1 : starts.length + p) === index)),
  );
  return chosen.filter((ms) => ms >= start).slice(0, each.count ?? Infinity).filter((ms) => ms <= until);
}

const BASE = Date.UTC(2023, 0, 1);
const start = fc.record({ day: fc.integer({ min: 0, max: 1_500 }), minute: fc.integer({ min: 0, max: 1_439 }) }).map(({ day, minute }) => BASE + day * DAY + minute * 60_000);

describe("the starts of any rule", () => {
  it("are those that the standard's words give, whatever part of the series is asked for", () => {
    fc.assert(
      fc.property(spec, start, fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 1, max: 900 }), (each, startMs, ahead, days) => {
        const compiled = compileRule(ruleText(each), { kind: "floating", local: localOf(startMs) }, "UTC");
        if (!compiled.ok) throw new Error(compiled.message);
        const [from, to] = [startMs + ahead * DAY, startMs + (ahead + days) * DAY];
        const found: number[] = [];
        expect(compiled.rule.search(from, to, ({ wallMs }) => found.push(wallMs) > 0)).toBe("complete");
        expect(found.map(localOf)).toEqual(byHand(each, startMs, to).filter((ms) => ms >= from).map(localOf));
      }),
      { numRuns: 400, seed: 20260304 },
    );
  });

  it("below a day are those of the same rule walked second by second", () => {
    const fine = fc.record({
      freq: fc.constantFrom("HOURLY", "MINUTELY"),
      interval: fc.integer({ min: 1, max: 100 }),
      hours: few(fc.integer({ min: 0, max: 23 })),
      minutes: few(fc.integer({ min: 0, max: 59 })),
      weekdays: few(fc.constantFrom(...WEEKDAYS)),
      count: fc.option(fc.integer({ min: 1, max: 400 })),
    });
    fc.assert(
      fc.property(fine, start, fc.integer({ min: 0, max: 6 * 1_440 }), (each, startMs, aheadMinutes) => {
        const list = (name: string, values: readonly (string | number)[]) => (values.length === 0 ? "" : `;${name}=${values.join(",")}`);
        const text = `FREQ=${each.freq};INTERVAL=${each.interval}${list("BYHOUR", each.hours)}${list("BYMINUTE", each.minutes)}${list("BYDAY", each.weekdays)}`;
        const unit = each.freq === "HOURLY" ? 3_600_000 : 60_000;
        const to = startMs + 8 * DAY;
        const from = startMs + aheadMinutes * 60_000;
        const wanted: number[] = [];
        for (let ms = startMs - (startMs % unit); ms <= to; ms += 60_000) {
          const at = new Date(ms);
          const isPeriod = (Math.floor(ms / unit) - Math.floor(startMs / unit)) % each.interval === 0;
          const minutes = each.minutes.length > 0 ? each.minutes : each.freq === "HOURLY" ? [new Date(startMs).getUTCMinutes()] : [at.getUTCMinutes()];
          const isAllowed =
            (each.hours.length === 0 || each.hours.includes(at.getUTCHours())) && minutes.includes(at.getUTCMinutes()) &&
            (each.weekdays.length === 0 || each.weekdays.includes(WEEKDAYS[at.getUTCDay()] ?? ""));
          if (isPeriod && isAllowed && ms >= startMs) wanted.push(ms);
        }
        const compiled = compileRule(text + (each.count === null ? "" : `;COUNT=${each.count}`), { kind: "zoned", local: localOf(startMs), timeZone: "UTC" }, "UTC");
        if (!compiled.ok) throw new Error(compiled.message);
        const found: number[] = [];
        expect(compiled.rule.search(from, to, ({ startAt }) => found.push(startAt) > 0)).toBe("complete");
        expect(found.map(localOf)).toEqual(wanted.slice(0, each.count ?? Infinity).filter((ms) => ms >= from).map(localOf));
      }),
      { numRuns: 200, seed: 20260305 },
    );
  });

  it("of numbered weeks are the days whose ISO week has that number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 53 }), fc.constantFrom(...WEEKDAYS), fc.integer({ min: 1990, max: 2060 }), (week, weekday, year) => {
        const compiled = compileRule(`FREQ=YEARLY;BYWEEKNO=${week};BYDAY=${weekday}`, { kind: "date", date: `${year}-01-01` }, "UTC");
        if (!compiled.ok) throw new Error(compiled.message);
        const from = wallMsOf(`${year}-01-01T00:00:00`);
        const to = wallMsOf(`${year + 7}-12-31T00:00:00`);
        const isoWeek = (ms: number) => {
          const thursday = ms + (4 - (new Date(ms).getUTCDay() || 7)) * DAY;
          return Math.floor((thursday - Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)) / (7 * DAY)) + 1;
        };
        const wanted: string[] = [];
        for (let ms = from; ms <= to; ms += DAY) {
          if (WEEKDAYS[new Date(ms).getUTCDay()] === weekday && isoWeek(ms) === week) wanted.push(localOf(ms));
        }
        const found: string[] = [];
        compiled.rule.search(from, to, ({ wallMs }) => found.push(localOf(wallMs)) > 0);
        expect(found).toEqual(wanted);
      }),
      { numRuns: 60, seed: 20260306 },
    );
  });
});

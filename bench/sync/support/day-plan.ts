import { seededRandom } from "../../../tests/support/calendars/random";

/** One change at the provider: in which calendar, and in which minute of the day. */
export interface PlannedChange {
  minute: number;
  calendar: number;
}

const WORK_BEGINS = 8 * 60;
const WORK_ENDS = 18 * 60;

/** So many changes of each calendar at random minutes of a working day (8 to 18 h), in the order in which they come. The same for the same seed. */
export function changesOfADay(calendars: number, each: number, seed: number): PlannedChange[] {
  const random = seededRandom(seed);
  const changes: PlannedChange[] = [];
  for (let calendar = 0; calendar < calendars; calendar += 1) {
    for (let change = 0; change < each; change += 1) changes.push({ minute: random.between(WORK_BEGINS, WORK_ENDS - 1), calendar });
  }
  return changes.sort((a, b) => a.minute - b.minute);
}

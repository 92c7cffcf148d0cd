import { api } from "@/local/backend/testing/app/convex/_generated/api";
import { eventually, type World } from "@/local/backend/testing/harness";
import type { Writer } from "./writers";

interface Mark {
  number: number;
  by: string;
  job: string | null;
}

const UNSETTLED = new Set(["pending", "inProgress"]);
const PAGE = 500;

/** What is wrong with what a writer's marks are now; empty when nothing is. Waits until all that was scheduled has ended. */
export async function judge(world: World, writer: Writer): Promise<string[]> {
  const marks = await eventually(
    () => readAll(world, writer.name),
    (found) => !found.some(({ job }) => job !== null && UNSETTLED.has(job)) && count(found, "schedule") >= count(found, "client"),
  ).catch((thrown: unknown) => String(thrown));
  if (typeof marks === "string") return [`${writer.name}: what was scheduled did not all run: ${marks.slice(0, 300)}`];
  const wrong: string[] = [];
  const numbersBy = (by: string): number[] => marks.filter((mark) => mark.by === by).map(({ number }) => number);
  const written = new Set(numbersBy("client"));
  for (const by of ["client", "schedule", "action"]) {
    const numbers = numbersBy(by);
    if (new Set(numbers).size !== numbers.length) wrong.push(`${writer.name}: something was applied twice by ${by}: ${twice(numbers).join(", ")}`);
    for (const number of numbers) if (!written.has(number)) wrong.push(`${writer.name}: ${number} by ${by} comes from a mutation that is not there`);
  }
  for (const number of writer.acknowledged) if (!written.has(number)) wrong.push(`${writer.name}: ${number} was acknowledged and is lost`);
  if (writer.resends && writer.acknowledged.size !== writer.next) wrong.push(`${writer.name}: ${writer.next - writer.acknowledged.size} were never acknowledged`);
  const scheduled = new Set(numbersBy("schedule"));
  const acted = new Set(numbersBy("action"));
  for (const { number, by, job } of marks) {
    if (by !== "client") continue;
    if (!scheduled.has(number)) wrong.push(`${writer.name}: the schedule of ${number} was forgotten`);
    if (job === "success" && !acted.has(number)) wrong.push(`${writer.name}: the action of ${number} is called a success and left nothing`);
    if (job !== "success" && job !== "failed") wrong.push(`${writer.name}: the action of ${number} is ${job}`);
  }
  return wrong;
}

async function readAll(world: World, writer: string): Promise<Mark[]> {
  const marks: Mark[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: { page: Mark[]; isDone: boolean; continueCursor: string } = await world.http().query(api.marks.page, { writer, paginationOpts: { cursor, numItems: PAGE } });
    marks.push(...page.page);
    if (page.isDone) return marks;
    cursor = page.continueCursor;
  }
}

function count(marks: readonly Mark[], by: string): number {
  return marks.filter((mark) => mark.by === by).length;
}

function twice(numbers: readonly number[]): number[] {
  return [...new Set(numbers.filter((number, at) => numbers.indexOf(number) !== at))];
}

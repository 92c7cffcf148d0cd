import { BLANK_EVENT } from "../../blank-event";
import type { UnifiedEvent } from "../../model";
import { inTermsOf } from "../../recurrence-match";
import { localOf, recurrenceKey } from "../../time";
import { type IcsComponent, parseComponents, propertyOf } from "../components";
import { eventOf } from "../event";
import { IcsError } from "../ics-error";
import { zoneEffort, zoneReader } from "../zones";
import { contentLine } from "./content-line";
import { type Block, copyOf, type Document, newBlock, type Node, parseDocument, textOf } from "./document";
import { linesOf, replaceLines } from "./edit-properties";
import { editEvent, type Pen } from "./event-properties";
import { zoneWriter } from "./zones";

export interface WriteOptions {
  /** DTSTAMP and LAST-MODIFIED of what is changed; epoch milliseconds. */
  now: number;
}

export type CalendarWriting =
  | { kind: "written"; text: string }
  /** The original cannot be understood, so it must not be overwritten either. */
  | { kind: "unreadable"; reason: string };

const PRODUCT = "-//LinearTime//LinearTime//EN";

/** A new calendar object with the events of one UID. */
export function newCalendar(events: readonly UnifiedEvent[], options: WriteOptions): CalendarWriting {
  return editCalendar(["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:${PRODUCT}`, "END:VCALENDAR", ""].join("\r\n"), events, options);
}

/**
 * `original` with the events of one UID being `events`: a master, exceptions, or both. What an event says already is not
 * touched, nor is anything that we do not understand: X- properties, alarms of other kinds, other components, the
 * events of other UIDs, folds and line ends. A new exception starts as a copy of its series; one that is not in
 * `events` goes. Never throws.
 */
export function editCalendar(original: string, events: readonly UnifiedEvent[], options: WriteOptions): CalendarWriting {
  try {
    const document = parseDocument(original);
    const calendars = calendarsIn(document, parseComponents(original).components);
    const [first] = calendars;
    if (first === undefined) return { kind: "unreadable", reason: "It holds no calendar." };
    const [iCalUID] = new Set(events.map((event) => event.iCalUID));
    const broken = calendars.flatMap((calendar) => calendar.broken).find((each) => each.iCalUID === null || each.iCalUID === iCalUID);
    if (broken !== undefined) return { kind: "unreadable", reason: broken.reason };
    const own = calendars.filter((calendar) => calendar.standing.some(({ event }) => event.iCalUID === iCalUID));
    if (own.length > 1) return { kind: "unreadable", reason: "The event stands in several calendars of one file." };
    if (iCalUID !== undefined) new Edit(own[0] ?? first, document.lineEnd, options).run(iCalUID, events);
    return { kind: "written", text: textOf(document) };
  } catch (error) {
    if (error instanceof IcsError) return { kind: "unreadable", reason: error.message };
    return { kind: "unreadable", reason: "It is not an iCalendar object that can be understood." };
  }
}

/** A VEVENT as it stands, and what it says. */
interface Standing {
  block: Block;
  event: UnifiedEvent;
  /** What it recurs on; empty for a master. */
  key: string;
}

interface Calendar {
  nodes: { nodes: Node[] };
  component: IcsComponent;
  standing: Standing[];
  /** VEVENTs that cannot be read. They stay as they are, but nothing may be written beside those of the same UID. */
  broken: { iCalUID: string | null; reason: string }[];
}

/** The calendars of a file; components without one are a calendar of their own, as they are to the reader. */
function calendarsIn(document: Document, roots: readonly IcsComponent[]): Calendar[] {
  const pairs = paired(document.nodes, roots, 1);
  const bare = pairs.filter(({ component }) => component.name !== "VCALENDAR");
  const calendars = pairs.filter((pair) => !bare.includes(pair)).map(({ block, component }) => calendarOf(block, component, paired(block.nodes, component.components, component.line)));
  if (bare.length === 0) return calendars;
  const around: IcsComponent = { name: "VCALENDAR", properties: [], components: bare.map(({ component }) => component), line: 1, broken: null };
  return [...calendars, calendarOf(document, around, bare)];
}

interface Pair {
  block: Block;
  component: IcsComponent;
}

/** What the text has and what the reader made of it, which differ only where components are not closed as they should be. */
function paired(nodes: readonly Node[], components: readonly IcsComponent[], line: number): Pair[] {
  const blocks = nodes.filter((node) => node.kind === "block");
  const pairs = components.flatMap((component, index) => {
    const block = blocks[index];
    return block?.name === component.name ? [{ block, component }] : [];
  });
  if (pairs.length === blocks.length && pairs.length === components.length) return pairs;
  throw new IcsError(line, "", "holds components inside each other that should stand side by side");
}

function calendarOf(nodes: { nodes: Node[] }, component: IcsComponent, children: readonly Pair[]): Calendar {
  const zones = zoneReader(component, zoneEffort());
  const calendar: Calendar = { nodes, component, standing: [], broken: [] };
  for (const { block, component: child } of children) {
    if (child.name !== "VEVENT") continue;
    try {
      if (child.broken !== null) throw new RangeError(child.broken);
      const event = eventOf(child, zones);
      calendar.standing.push({ block, event, key: keyOf(event) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : "An event in it cannot be understood.";
      calendar.broken.push({ iCalUID: propertyOf(child, "UID")?.value.trim() ?? null, reason });
    }
  }
  return calendar;
}

class Edit {
  private readonly pen: Pen;
  private readonly addedZones: () => Block[];

  constructor(
    private readonly calendar: Calendar,
    private readonly lineEnd: string,
    private readonly options: WriteOptions,
  ) {
    const { tzidOf, added } = zoneWriter(calendar.component, lineEnd);
    this.pen = { lineEnd, tzidOf };
    this.addedZones = added;
  }

  run(iCalUID: string, events: readonly UnifiedEvent[]): void {
    const own = this.calendar.standing.filter(({ event }) => event.iCalUID === iCalUID);
    const master = inForce(own, "");
    const wantedKeys = new Set<string>();
    let last: Block | null = own.at(-1)?.block ?? null;
    for (const event of events) {
      // A standing exception keeps the form in which it names its occurrence, be it the right one or not.
      const wanted = inForce(own, keyOf(event)) === null ? this.inSeriesTerms(event, events, master) : event;
      const key = keyOf(wanted);
      wantedKeys.add(key);
      const standing = inForce(own, key);
      if (standing !== null) {
        if (editEvent(standing.block, standing.event, wanted, this.pen)) this.stamp(standing.block, iCalUID);
        continue;
      }
      const block = this.newEvent(wanted, master);
      this.insertAfter(last, block);
      last = block;
    }
    const gone = new Set<Node>(own.filter(({ key }) => !wantedKeys.has(key)).map(({ block }) => block));
    this.calendar.nodes.nodes = this.calendar.nodes.nodes.filter((node) => !gone.has(node));
    this.insertZones();
  }

  /** RECURRENCE-ID has the form of the series' DTSTART (RFC 5545 §3.8.4.4). */
  private inSeriesTerms(event: UnifiedEvent, events: readonly UnifiedEvent[], master: Standing | null): UnifiedEvent {
    const series = events.find(({ recurrenceId }) => recurrenceId === null) ?? master?.event;
    if (event.recurrenceId === null || series === undefined || event.recurrenceId.kind === series.start.kind) return event;
    return { ...event, recurrenceId: inTermsOf(event.recurrenceId, series.start) };
  }

  private newEvent(wanted: UnifiedEvent, master: Standing | null): Block {
    if (wanted.recurrenceId !== null && master !== null) {
      const block = copyOf(master.block);
      for (const name of ["RRULE", "RDATE", "EXDATE", "EXRULE"]) replaceLines(block, name, [], this.lineEnd);
      editEvent(block, { ...master.event, recurrence: null }, wanted, this.pen);
      this.stamp(block, wanted.iCalUID);
      return block;
    }
    const block = newBlock(["BEGIN:VEVENT", contentLine("UID", {}, wanted.iCalUID), `DTSTAMP:${this.now()}`, "END:VEVENT"], this.lineEnd);
    editEvent(block, BLANK, wanted, this.pen);
    return block;
  }

  /** An event without UID is known by what it says: once that changes, it needs the name it was known by. */
  private stamp(block: Block, iCalUID: string): void {
    if (linesOf(block, "UID").length === 0) replaceLines(block, "UID", [contentLine("UID", {}, iCalUID)], this.lineEnd);
    replaceLines(block, "DTSTAMP", [`DTSTAMP:${this.now()}`], this.lineEnd);
    if (linesOf(block, "LAST-MODIFIED").length > 0) replaceLines(block, "LAST-MODIFIED", [`LAST-MODIFIED:${this.now()}`], this.lineEnd);
  }

  private insertAfter(before: Block | null, block: Block): void {
    const { nodes } = this.calendar.nodes;
    const at = before === null ? nodes.length : nodes.indexOf(before) + 1;
    nodes.splice(at, 0, block);
  }

  private insertZones(): void {
    const { nodes } = this.calendar.nodes;
    const at = nodes.findIndex((node) => node.kind === "block");
    nodes.splice(at < 0 ? nodes.length : at, 0, ...this.addedZones());
  }

  private now(): string {
    return `${localOf(this.options.now).replace(/[-:]/g, "")}Z`;
  }
}

function keyOf({ recurrenceId }: UnifiedEvent): string {
  return recurrenceId === null ? "" : recurrenceKey(recurrenceId);
}

/** Of several VEVENTs for one occurrence, the one that is shown: the highest SEQUENCE, or else the last. */
function inForce(standing: readonly Standing[], key: string): Standing | null {
  return standing.filter((each) => each.key === key).reduce<Standing | null>((best, each) => (best === null || each.event.sequence >= best.event.sequence ? each : best), null);
}

/** What a VEVENT without properties says; its start is one that no event has, so that it is always written. */
const NOWHERE = { kind: "date", date: "0000-00-00" } as const;
const BLANK: UnifiedEvent = { ...BLANK_EVENT, iCalUID: "", recurrenceId: null, start: NOWHERE, end: NOWHERE, sequence: 0 };

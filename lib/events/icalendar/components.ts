import { type ContentLine, contentLines } from "./content-lines";
import { describeProblem } from "./ics-error";
import { type IcsProperty, parseProperty } from "./property";

export interface IcsComponent {
  /** Upper case. */
  name: string;
  properties: IcsProperty[];
  components: IcsComponent[];
  line: number;
  /** Why it cannot be relied on: a line that matters cannot be read, or it is never closed. */
  broken: string | null;
}

export type { IcsProperty };

export interface LineProblem {
  line: number;
  message: string;
}

export interface IcsFile {
  /** Top-level components, usually one VCALENDAR. */
  components: IcsComponent[];
  /** What was passed over; of very many only the first. */
  problems: LineProblem[];
}

/** A broken line of one of these changes when or what the event is; any other broken line is passed over. */
const ESSENTIAL = /^(UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS)\b/i;
const MAX_DEPTH = 8;
const MAX_PROBLEMS = 100;
/** One of these that begins inside another shows that the other was never closed. */
const SIBLINGS: ReadonlySet<string> = new Set(["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"]);

/**
 * Reads iCalendar text (RFC 5545 §3.1). Line ends and folds of all kinds are accepted. Where the structure is broken
 * everything that can still be told apart is read, and the rest is named. Never throws.
 */
export function parseComponents(text: string): IcsFile {
  const reader = new FileReader();
  for (const line of contentLines(text)) reader.read(line);
  return reader.end();
}

/** The first property of that name. */
export function propertyOf(component: IcsComponent, name: string): IcsProperty | null {
  return component.properties.find((property) => property.name === name) ?? null;
}

/** All properties of that name, in order. */
export function propertiesOf(component: IcsComponent, name: string): IcsProperty[] {
  return component.properties.filter((property) => property.name === name);
}

class FileReader {
  private readonly roots: IcsComponent[] = [];
  private readonly open: IcsComponent[] = [];
  private readonly problems: LineProblem[] = [];
  private lastLine = 1;
  /** Components that are open inside one that is nested too deeply. */
  private tooDeep = 0;
  private isBeforeCalendar = false;

  read({ content, line }: ContentLine): void {
    this.lastLine = line;
    const border = /^(BEGIN|END)\s*:\s*(.*?)\s*$/i.exec(content);
    if (border === null) this.property(content, line);
    else if (border[1]?.toUpperCase() === "BEGIN") this.begin((border[2] ?? "").toUpperCase(), content, line);
    else this.endComponent((border[2] ?? "").toUpperCase(), content, line);
  }

  end(): IcsFile {
    this.closeDownTo(0, "the file has been cut off");
    if (this.roots.length === 0 && this.problems.length === 0) this.problem(this.lastLine, "", "is empty");
    return { components: this.roots, problems: this.problems };
  }

  private property(content: string, line: number): void {
    const parent = this.open.at(-1);
    if (this.tooDeep > 0) return;
    if (parent === undefined) {
      if (this.isBeforeCalendar) return;
      this.isBeforeCalendar = true;
      const place = this.roots.length === 0 ? "comes before BEGIN:VCALENDAR" : "comes after the end of the calendar";
      this.problem(line, content, this.roots.length === 0 ? `${place}; this is not a calendar file` : place);
      return;
    }
    const property = parseProperty(content, line);
    if (property !== null) parent.properties.push(property);
    else if (ESSENTIAL.test(content)) parent.broken ??= describeProblem(line, content, "cannot be read");
    else this.problem(line, content, "cannot be read and was passed over");
  }

  private begin(name: string, content: string, line: number): void {
    const unclosed = this.open.findIndex((component) =>
      name === "VCALENDAR" ? component.name === name : SIBLINGS.has(name) && SIBLINGS.has(component.name),
    );
    if (unclosed >= 0) this.closeDownTo(unclosed, `a ${name} begins inside it`);
    if (this.open.length >= MAX_DEPTH) {
      if (this.tooDeep === 0) this.problem(line, content, "is nested too deeply and was passed over");
      this.tooDeep += 1;
      return;
    }
    const component: IcsComponent = { name, properties: [], components: [], line, broken: null };
    (this.open.at(-1)?.components ?? this.roots).push(component);
    this.open.push(component);
  }

  private endComponent(name: string, content: string, line: number): void {
    if (this.tooDeep > 0) {
      this.tooDeep -= 1;
      return;
    }
    const place = this.open.findLastIndex((component) => component.name === name);
    if (place < 0) {
      this.problem(line, content, `does not end the ${this.open.at(-1)?.name ?? "file"}`);
      return;
    }
    this.closeDownTo(place + 1, `the ${name} around it ends first`);
    this.open.pop();
  }

  /** What is still open from there on is closed, and broken; the innermost is named. */
  private closeDownTo(depth: number, why: string): void {
    const closed = this.open.splice(depth);
    for (const component of closed) {
      component.broken ??= describeProblem(component.line, `BEGIN:${component.name}`, `is never closed: ${why}`);
      if (component === closed.at(-1)) this.problem(component.line, `BEGIN:${component.name}`, `is never closed: ${why}`);
    }
    this.tooDeep = 0;
  }

  private problem(line: number, content: string, problem: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ line, message: describeProblem(line, content, problem) });
  }
}

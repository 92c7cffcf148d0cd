import type { ComponentType } from "react";
import type { CalendarEvent } from "./calendar-event";
import type { PlainDate } from "./dates/plain-date";
import type { DateRange } from "./dates/visible-range";
import type { CalendarView } from "./views";

/** What an engine can do; the calendar offers nothing that the engine has not declared. */
export interface EngineCapabilities {
  /** `events`: draws each event. `marks`: only marks days, and is paired with our own agenda. */
  renders: "events" | "marks";
  views: readonly CalendarView[];
  /** Moves an event by dragging. */
  drag: boolean;
  /** Changes the end of an event by dragging its edge. */
  resize: boolean;
  /** Makes an event by dragging over empty time. */
  create: boolean;
}

/** All that an engine gets; it fetches nothing and keeps no state of its own that outlives it. */
export interface EngineProps {
  view: CalendarView;
  date: PlainDate;
  range: DateRange;
  /** The events of the range, and some around it. */
  events: readonly CalendarEvent[];
  /** Not all of the events are there yet. */
  loading: boolean;
  selectedKey: string | null;
  /** A narrow screen: short labels, three days a week. */
  narrow: boolean;
  /** Counts how often today was asked for: it may already be there, but out of sight. */
  todayCalls: number;
  onSelect: (occurrenceKey: string) => void;
  onOpenDay: (date: PlainDate) => void;
  /** Stands on another date, in the same view. */
  onMove: (date: PlainDate) => void;
}

export interface Engine {
  name: string;
  capabilities: EngineCapabilities;
  Component: ComponentType<EngineProps>;
}

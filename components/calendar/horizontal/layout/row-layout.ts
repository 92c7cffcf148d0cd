import { fitLabel, LABEL_PADDING, type TextWidth } from "./labels";
import { type LabelDays, LANES, lastLabelDay, placeInLanes } from "./lanes";
import type { MonthShape } from "./month-shape";
import { makeRoomForMore, type More, type Piece } from "./overflow";
import type { YearEvent } from "./year-event";

/** A bar of a month's row. */
export interface Bar extends Piece {
  /** The column of its first day. */
  column: number;
  days: number;
  /** The event begins, ends here; else the bar comes from, or goes on, elsewhere. */
  starts: boolean;
  ends: boolean;
  /** May be empty. */
  label: string;
  /** The label runs on past the bar. */
  spills: boolean;
}

export interface RowLayout {
  /** From left to right, then from top to bottom. */
  bars: readonly Bar[];
  more: readonly More[];
  /** The events of the month. */
  total: number;
}

interface Room {
  /** The width of a day in pixels. */
  day: number;
  widthOf: TextWidth;
}

/** The title as it is shown. */
export function titleOf({ event }: YearEvent): string {
  return event.title || "Untitled";
}

function neededDays({ day, widthOf }: Room): LabelDays {
  const known = new Map<YearEvent, number>();
  return (item) => {
    const days = known.get(item) ?? Math.ceil((widthOf(titleOf(item)) + LABEL_PADDING) / day);
    known.set(item, days);
    return days;
  };
}

/** Lays out the events of one month, which come in the order in which they choose. */
export function layOutRow(events: readonly YearEvent[], shape: MonthShape, room: Room): RowLayout {
  const { pieces, more } = makeRoomForMore(placeInLanes(events, shape, neededDays(room)));
  pieces.sort((one, other) => one.from - other.from || one.lane - other.lane);

  // Per lane the first days of what is there, to see how far a label can run on.
  const starts = Array.from({ length: LANES }, (): number[] => []);
  for (const { lane, from } of pieces) starts[lane]?.push(from);
  for (const { lane, day } of more) starts[lane]?.push(day);
  for (const lane of starts) lane.sort((one, other) => one - other);

  const labelled = new Set<YearEvent>();
  const bars = pieces.map((piece): Bar => {
    const { item, lane, from, to } = piece;
    const next = starts[lane]?.find((day) => day > to) ?? lastLabelDay(shape) + 1;
    const label = labelled.has(item) ? "" : fitLabel(titleOf(item), (next - from) * room.day - LABEL_PADDING, room.widthOf);
    if (label !== "") labelled.add(item);
    const days = to - from + 1;
    return {
      ...piece,
      column: shape.offset + from - 1,
      days,
      starts: item.first === shape.first + from - 1,
      ends: item.last === shape.first + to - 1,
      label,
      spills: label !== "" && room.widthOf(label) + LABEL_PADDING > days * room.day,
    };
  });
  return { bars, more, total: events.length };
}

import { joinClassNames, type PluginInput } from "@fullcalendar/react";

/*
 * Our theme for FullCalendar: it only names classes, `theme/` draws them from the tokens.
 * Every class begins with `lt-`.
 */

interface Day {
  isToday: boolean;
  isPast: boolean;
  isOther?: boolean;
  dow: number;
}

function dayClass(name: string) {
  return (day: Day) =>
    joinClassNames(
      name,
      day.isToday && "is-today",
      day.isOther && "is-other",
      (day.dow === 0 || day.dow === 6) && "is-weekend",
    );
}

interface Segment {
  isStart: boolean;
  isEnd: boolean;
  isShort: boolean;
  isNarrow: boolean;
}

function segmentClass(name: string) {
  return ({ isStart, isEnd, isShort, isNarrow }: Segment) =>
    joinClassNames(name, isStart && "is-start", isEnd && "is-end", isShort && "is-short", isNarrow && "is-narrow");
}

/** The theme as a FullCalendar plugin. */
export const themePlugin: PluginInput = {
  name: "lineartime-theme",
  optionDefaults: {
    className: "lt-calendar",
    eventClass: "lt-event",
    rowEventClass: segmentClass("lt-row-event"),
    columnEventClass: segmentClass("lt-column-event"),
    listItemEventClass: "lt-item-event",
    blockEventInnerClass: "lt-event-inner",
    listItemEventInnerClass: "lt-item-inner",
    moreLinkClass: "lt-more",
    dayHeaderRowClass: "lt-head-row",
    dayHeaderClass: dayClass("lt-head"),
    dayHeaderInnerClass: "lt-head-inner",
    dayHeaderAlign: "start",
    dayHeaderDividerClass: "lt-head-divider",
    dayCellClass: dayClass("lt-cell"),
    dayCellTopClass: "lt-cell-top",
    dayCellTopInnerClass: dayClass("lt-cell-number"),
    dayCellBottomClass: "lt-cell-bottom",
    dayRowClass: "lt-row",
    dayLaneClass: dayClass("lt-lane"),
    dayLaneInnerClass: "lt-lane-inner",
    slotLaneClass: ({ isMinor }) => joinClassNames("lt-slot", isMinor && "is-minor"),
    slotHeaderClass: ({ isFirst }) => joinClassNames("lt-slot-head", isFirst && "is-first"),
    slotHeaderDividerClass: "lt-axis-divider",
    slotHeaderInnerClass: "lt-slot-time",
    weekNumberHeaderClass: "lt-corner",
    weekNumberHeaderInnerClass: "lt-corner-zone",
    allDayHeaderInnerClass: "lt-allday-text",
    allDayDividerClass: "lt-allday-divider",
    fillerClass: "lt-filler",
    nowIndicatorHeaderClass: "lt-now-head",
    nowIndicatorLineClass: "lt-now-line",
    navLinkClass: "lt-nav-link",
    listDaysClass: "lt-days",
    listDayHeaderClass: ({ isToday }) => joinClassNames("lt-list-head", isToday && "is-today"),
    listDayHeaderInnerClass: "lt-list-head-inner",
    listDayBodyClass: "lt-list-body",
    noEventsClass: "lt-empty",
  },
};

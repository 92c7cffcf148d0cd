"use client";

import { createParser, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { isPlainDate } from "./dates/plain-date";
import { CALENDAR_VIEWS } from "./views";

const parseAsPlainDate = createParser({
  parse: (text) => (isPlainDate(text) ? text : null),
  serialize: (date: string) => date,
});

const parsers = {
  view: parseAsStringLiteral(CALENDAR_VIEWS).withDefault("year"),
  /** None means today, also tomorrow. */
  date: parseAsPlainDate,
  /** The key of the selected occurrence. */
  event: parseAsString,
};

/** What the calendar shows, kept in the address: it survives a reload, can be sent, and Back goes back. */
export function useCalendarUrl() {
  return useQueryStates(parsers, { history: "push" });
}

interface Watched {
  /** One's own calendar's name. */
  calendarName: string | null;
  connectionLabel: string | null;
  watchesList: boolean;
}

/** What a channel watches, in a few words. */
export function aboutOf({ calendarName, connectionLabel, watchesList }: Watched): string {
  if (calendarName !== null) return calendarName;
  if (connectionLabel === null) return "An account that is gone";
  return watchesList ? `The list of ${connectionLabel}` : connectionLabel;
}

/** Who looks: how they write dates, when their week begins, where they are. */
export interface Viewer {
  /** An English locale with the viewer's own order of day and month and their hour cycle. */
  locale: string;
  /** 0 = Sunday … 6 = Saturday. */
  firstDay: number;
  /** IANA. */
  timeZone: string;
}

interface WeekInfo {
  /** 1 = Monday … 7 = Sunday. */
  firstDay: number;
}

/** `getWeekInfo` was a property first; some browsers still have only that, some have neither. */
type LocaleWithWeek = Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };

/** The interface speaks English; a viewer of another language gets British dates and their own clock. */
export function englishLocale(language: string): string {
  if (/^en\b/i.test(language)) return language;
  const { hourCycle } = new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions();
  return hourCycle === "h12" || hourCycle === "h11" ? "en-GB-u-hc-h12" : "en-GB";
}

/** The first day of the viewer's week, 0 = Sunday; Monday where the browser does not know. */
export function firstDayOfWeek(language: string): number {
  const locale: LocaleWithWeek = new Intl.Locale(language);
  const week = locale.getWeekInfo?.() ?? locale.weekInfo;
  return (week?.firstDay ?? 1) % 7;
}

/** Reads the viewer from the browser's language and clock. */
export function detectViewer(language: string): Viewer {
  return {
    locale: englishLocale(language),
    firstDay: firstDayOfWeek(language),
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

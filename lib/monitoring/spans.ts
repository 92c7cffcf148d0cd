/** The spans that are rolled up, and for how long each is kept (milliseconds; hours: as long as `METRICS_RETENTION_DAYS` says). */
export const SPANS = ["minute", "quarter", "hour"] as const;
export type Span = (typeof SPANS)[number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Length of a span in milliseconds. */
export const SPAN_MS: Readonly<Record<Span, number>> = { minute: MINUTE, quarter: 15 * MINUTE, hour: 60 * MINUTE };

/** How long the rows of a span are of use: about twice what a page shows of them. */
export function keptMs(span: Span, retentionDays: number): number {
  return span === "hour" ? retentionDays * DAY : Math.min(retentionDays, span === "minute" ? 2 : 14) * DAY;
}

/** Start of the span in which a time lies; both epoch milliseconds. */
export function spanStart(span: Span, at: number): number {
  return Math.floor(at / SPAN_MS[span]) * SPAN_MS[span];
}

/** What the overview can show: each window and the spans it is drawn with. */
export const WINDOWS = {
  "1h": { span: "minute", spans: 60 },
  "24h": { span: "quarter", spans: 96 },
  "7d": { span: "hour", spans: 168 },
} as const satisfies Record<string, { span: Span; spans: number }>;
export type WindowName = keyof typeof WINDOWS;

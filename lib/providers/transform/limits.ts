import type { EventWarning, UnifiedEvent } from "../../events/model";

/**
 * Something that an event can say and a provider cannot.
 *
 * `loses` says what becomes of the event when it is written all the same: a `detail` is missing or coarser; or its
 * `times` are not those that were meant, so that it must not be written without asking.
 */
export interface Limit {
  code: string;
  loses: "detail" | "times";
  /** For the person whose event it is; it continues the provider's name. */
  message: string;
  appliesTo(event: UnifiedEvent): boolean;
}

/** Where guests are invited by e-mail, and only so many of them. */
export function guestLimits(most: number): Limit[] {
  return [
    {
      code: "attendee_address",
      loses: "detail",
      message: "invites people by their e-mail address: who has none is left out.",
      appliesTo: ({ attendees }) => attendees.some(({ email }) => email === null),
    },
    {
      code: "attendee_count",
      loses: "detail",
      message: `takes at most ${most} guests.`,
      appliesTo: ({ attendees }) => attendees.length > most,
    },
  ];
}

/** A limit that an event has run into. */
export type MetLimit = Pick<Limit, "code" | "loses" | "message">;

export function limitsMet(event: UnifiedEvent, limits: readonly Limit[], label: string): MetLimit[] {
  return limits
    .filter((limit) => limit.appliesTo(event))
    .map(({ code, loses, message }) => ({ code, loses, message: `${label} ${message}` }));
}

/** The event with a warning for each limit, in place of those that an earlier writing left on it. */
export function withLimitWarnings(event: UnifiedEvent, met: readonly MetLimit[]): UnifiedEvent {
  const others = event.warnings.filter(({ code }) => code !== "provider_limit");
  const warnings: EventWarning[] = met.map(({ message }) => ({ code: "provider_limit", message }));
  return { ...event, warnings: [...others, ...warnings] };
}

import { compileRule } from "./rules/rule-starts";
import type { EventTime, EventWarning, Recurrence } from "./model";

/**
 * A warning for each rule that cannot be expanded. Such a rule contributes nothing to the series: its first
 * event is shown at its own start, together with this message.
 */
export function recurrenceWarnings(recurrence: Recurrence, start: EventTime): EventWarning[] {
  return recurrence.rrules.flatMap((rule): EventWarning[] => {
    const compiled = compileRule(rule, start, "UTC");
    if (compiled.ok) return [];
    return [
      {
        code: "unsupported_rule",
        message: `The repetition of this event cannot be shown (${compiled.message}); only its first date appears.`,
      },
    ];
  });
}

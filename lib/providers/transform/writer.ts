import type { UnifiedEvent } from "../../events/model";
import type { JsonObject } from "./json";
import { type KeepPlan, withKeptFields } from "./kept-fields";
import { type Limit, limitsMet, type MetLimit } from "./limits";
import { patchOf } from "./patch";

export interface Writing {
  body: JsonObject;
  /** What it does not say of the event. */
  limits: MetLimit[];
}

/** Writes events as one provider takes them. `Context` is what has to be known beside an event. */
export interface Writer<Context> {
  /** The whole event, with everything of the provider's own that was kept beside it. */
  fromUnified(event: UnifiedEvent, context: Context): Writing;
  /** The body of a PATCH that makes `before` into `after`: changed fields only, null for those that are gone. */
  patchFromUnified(before: UnifiedEvent, after: UnifiedEvent, context: Context): Writing;
}

export interface WriterParts<Context> {
  plan: KeepPlan;
  limits: readonly Limit[];
  /** The provider, as people know it. */
  label: string;
  /** The event in our words alone. */
  written(event: UnifiedEvent, context: Context): JsonObject;
}

export function writerOf<Context>({ plan, limits, label, written }: WriterParts<Context>): Writer<Context> {
  const fromUnified = (event: UnifiedEvent, context: Context): Writing => ({
    body: withKeptFields(written(event, context), event.extended, plan),
    limits: limitsMet(event, limits, label),
  });
  return {
    fromUnified,
    patchFromUnified(before, after, context) {
      const { body, limits: met } = fromUnified(after, context);
      return { body: patchOf(fromUnified(before, context).body, body, plan.groups), limits: met };
    },
  };
}

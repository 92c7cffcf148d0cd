"use client";

import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { api } from "@/convex/_generated/api";

type EventDetailsResult = FunctionReturnType<typeof api.events.details.get>;

/** Everything about one event. */
export type EventDetails = NonNullable<EventDetailsResult>;

/** The details of an event: undefined while loading, null once it does not exist any more. */
export function useEventDetails(eventId: EventDetails["eventId"]): EventDetailsResult | undefined {
  return useQuery(api.events.details.get, { eventId });
}

"use client";

import { parseAsBoolean, useQueryState } from "nuqs";

const parser = parseAsBoolean.withDefault(false);

/** Whether the year also shows routine; kept in the address. */
export function useRoutineShown(): [boolean, (shown: boolean) => void] {
  const [shown, setShown] = useQueryState("routine", parser);
  return [shown, (next) => void setShown(next)];
}

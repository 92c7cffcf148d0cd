"use client";

import { createContext, useContext } from "react";

/** Opens the rail where it is not always visible. */
export const RailSheetContext = createContext<() => void>(() => undefined);

export function useOpenRail(): () => void {
  return useContext(RailSheetContext);
}

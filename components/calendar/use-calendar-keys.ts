"use client";

import { useEffect } from "react";
import { useCalendar } from "./calendar-provider";
import { CALENDAR_VIEWS, VIEW_LABELS } from "./views";

/** Whether a key pressed here is meant for the place it was pressed in. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"], [role="alertdialog"]') !== null;
}

/** The calendar's keys: never while typing, in a menu or in a dialog, and never with a modifier. */
export function useCalendarKeys(): void {
  const { goToday, step, setView, select, selectedKey } = useCalendar();

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return;
      const view = CALENDAR_VIEWS.find((candidate) => VIEW_LABELS[candidate].shortcut === event.key);
      if (view) setView(view);
      else if (event.key === "t") goToday();
      else if (event.key === "j" || event.key === "ArrowRight") step(1);
      else if (event.key === "k" || event.key === "ArrowLeft") step(-1);
      else if (event.key === "Escape" && selectedKey !== null) select(null);
      else return;
      event.preventDefault();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [goToday, step, setView, select, selectedKey]);
}

"use client";

import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useCalendar } from "@/components/calendar/calendar-provider";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { useScreen } from "@/components/ui/use-screen";
import { InspectorBody } from "./inspector-body";

function InspectorContent() {
  const { selected: occurrence, loading, select } = useCalendar();
  return (
    <>
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4 text-12 text-fg-2 phone:h-12">
        {occurrence ? (
          <>
            <span aria-hidden="true" data-cal={occurrence.color} className="size-2 shrink-0 rounded-[2px] bg-cal-mark" />
            <span className="truncate">{occurrence.calendarName}</span>
          </>
        ) : (
          <span>Event</span>
        )}
        <Button variant="quiet" size="small" icon aria-label="Close" aria-keyshortcuts="Escape" className="ml-auto" onClick={() => select(null)}>
          <X aria-hidden="true" />
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {occurrence ? <InspectorBody key={occurrence.occurrenceKey} occurrence={occurrence} /> : null}
        {occurrence === undefined && !loading ? (
          <p className="p-4 text-fg-2">This event is not among the days shown, or its calendar is hidden.</p>
        ) : null}
      </div>
    </>
  );
}

/** The selected event, beside the calendar or, where there is no room, in a sheet from below. */
export function EventInspector() {
  const { selectedKey, select } = useCalendar();
  const narrow = useScreen("narrow");
  const panel = useRef<HTMLElement>(null);
  const isOpen = selectedKey !== null;

  useEffect(() => {
    if (!isOpen) return;
    const opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    // Somebody who opened the event with the keyboard goes on reading in the panel, and comes back to the event.
    if (opener?.matches(":focus-visible")) panel.current?.focus();
    return () => {
      if (document.activeElement === document.body) opener?.focus();
    };
  }, [isOpen]);

  if (narrow) {
    return (
      <Sheet side="bottom" label="Event" open={isOpen} onOpenChange={(open) => !open && select(null)}>
        <InspectorContent />
      </Sheet>
    );
  }
  if (!isOpen) return null;
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Event"
      className="flex w-(--inspector) shrink-0 animate-slide-from-end flex-col border-l border-line bg-surface outline-none"
    >
      <InspectorContent />
    </aside>
  );
}

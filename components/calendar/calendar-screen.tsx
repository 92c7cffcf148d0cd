"use client";

import { TriangleAlert } from "lucide-react";
import { EventInspector } from "@/components/events/inspector/event-inspector";
import { Callout } from "@/components/ui/callout";
import { CalendarProvider, useCalendar } from "./calendar-provider";
import { CalendarTopBar } from "./calendar-top-bar";
import { EmptyCalendar } from "./empty-calendar";
import { engineFor } from "./engines";
import { useCalendarKeys } from "./use-calendar-keys";

function CalendarBody() {
  const { view, date, range, narrow, calendars, events, loading, failed, selectedKey, todayCalls, select, openDay, goTo } = useCalendar();
  const { Component: EngineComponent } = engineFor(view);
  useCalendarKeys();
  return (
    <>
      <CalendarTopBar />
      <div className="flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1 bg-surface">
          <EngineComponent
            view={view}
            date={date}
            range={range}
            events={events}
            loading={loading}
            selectedKey={selectedKey}
            narrow={narrow}
            todayCalls={todayCalls}
            onSelect={select}
            onOpenDay={openDay}
            onMove={goTo}
          />
          {calendars?.length === 0 ? <EmptyCalendar /> : null}
          {failed ? (
            <div className="absolute inset-x-4 bottom-4 z-10 mx-auto max-w-md">
              <Callout tone="bad" urgent icon={<TriangleAlert aria-hidden="true" />} title="Some events could not be loaded">
                What is shown may be incomplete. Reload the page to try again.
              </Callout>
            </div>
          ) : null}
        </div>
        <EventInspector />
      </div>
    </>
  );
}

/** The calendar: the bar above, the engine, and the selected event beside it. */
export function CalendarScreen() {
  return (
    <CalendarProvider>
      <CalendarBody />
    </CalendarProvider>
  );
}

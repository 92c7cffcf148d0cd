"use client";

import { TriangleAlert } from "lucide-react";
import { EventInspector } from "@/components/events/inspector/event-inspector";
import { Callout } from "@/components/ui/callout";
import { CalendarProvider, useCalendar } from "./calendar-provider";
import { CalendarTopBar } from "./calendar-top-bar";
import { EmptyCalendar } from "./empty-calendar";
import { ENGINES } from "./engines";
import { useCalendarKeys } from "./use-calendar-keys";

const { capabilities, Component: EngineComponent } = ENGINES.fullcalendar;

function CalendarBody() {
  const { view, date, range, narrow, calendars, events, failed, selectedKey, select, openDay } = useCalendar();
  useCalendarKeys();
  return (
    <>
      <CalendarTopBar capabilities={capabilities} />
      <div className="flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1 bg-surface">
          <EngineComponent
            view={view}
            date={date}
            range={range}
            events={events}
            selectedKey={selectedKey}
            narrow={narrow}
            onSelect={select}
            onOpenDay={openDay}
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

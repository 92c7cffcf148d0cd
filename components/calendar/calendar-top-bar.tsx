"use client";

import { CalendarCheck, CalendarRange, ChevronLeft, ChevronRight, Columns3, List, Rows3, Square } from "lucide-react";
import { useViewer } from "@/components/time/viewer-context";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuChoice, MenuChoices } from "@/components/ui/dropdown-menu";
import { Segmented } from "@/components/ui/segmented";
import { Spinner } from "@/components/ui/spinner";
import { Tooltip } from "@/components/ui/tooltip";
import { TopBar } from "@/components/workspace/top-bar";
import { useCalendar } from "./calendar-provider";
import { isoWeek } from "./dates/plain-date";
import { rangeTitle } from "./dates/range-title";
import { RoutineToggle } from "./horizontal/routine-toggle";
import { YearSummary } from "./horizontal/year-summary";
import { CALENDAR_VIEWS, type CalendarView, VIEW_LABELS } from "./views";

const VIEW_ICONS: Record<CalendarView, typeof List> = { year: CalendarRange, month: Rows3, week: Columns3, day: Square, list: List };

/** Where the calendar stands, and how to move it. On a phone it has icons only. */
export function CalendarTopBar() {
  const { view, date, range, narrow, loading, setView, step, goToday } = useCalendar();
  const { locale, firstDay } = useViewer();
  const title = rangeTitle(view, date, range, { locale, short: narrow });
  const ViewIcon = VIEW_ICONS[view];

  const moves = (
    <>
      <Tooltip label="Previous" shortcut="K">
        <Button variant="quiet" icon aria-label="Previous" aria-keyshortcuts="k ArrowLeft" onClick={() => step(-1)}>
          <ChevronLeft aria-hidden="true" />
        </Button>
      </Tooltip>
      <Tooltip label="Next" shortcut="J">
        <Button variant="quiet" icon aria-label="Next" aria-keyshortcuts="j ArrowRight" onClick={() => step(1)}>
          <ChevronRight aria-hidden="true" />
        </Button>
      </Tooltip>
    </>
  );
  const heading = (
    <h1 className="truncate text-16 font-semibold tracking-[-0.01em] tabular-nums" aria-live="polite">
      {title}
    </h1>
  );

  if (narrow) {
    return (
      <TopBar>
        {heading}
        <span className="flex-1" />
        {view === "year" ? <RoutineToggle compact /> : null}
        {moves}
        <Button variant="quiet" icon aria-label="Today" onClick={goToday}>
          <CalendarCheck aria-hidden="true" />
        </Button>
        <DropdownMenu
          align="end"
          trigger={
            <Button variant="quiet" icon aria-label={`View: ${VIEW_LABELS[view].label}`}>
              <ViewIcon aria-hidden="true" />
            </Button>
          }
        >
          <MenuChoices
            label="View"
            value={view}
            onValueChange={(next) => {
              const chosen = CALENDAR_VIEWS.find((candidate) => candidate === next);
              if (chosen) setView(chosen);
            }}
          >
            {CALENDAR_VIEWS.map((candidate) => (
              <MenuChoice key={candidate} value={candidate}>
                {VIEW_LABELS[candidate].label}
              </MenuChoice>
            ))}
          </MenuChoices>
        </DropdownMenu>
      </TopBar>
    );
  }

  return (
    <TopBar>
      <Tooltip label="Go to today" shortcut="T">
        <Button aria-keyshortcuts="t" onClick={goToday}>
          Today
        </Button>
      </Tooltip>
      <span className="flex">{moves}</span>
      {heading}
      {view === "year" ? <YearSummary /> : null}
      {view === "week" && firstDay === 1 ? (
        <span className="whitespace-nowrap text-fg-3 tabular-nums">Week {isoWeek(date)}</span>
      ) : null}
      {loading ? (
        <span role="status" className="flex items-center text-fg-3">
          <Spinner />
          <span className="sr-only">Loading events</span>
        </span>
      ) : null}
      <span className="flex-1" />
      <Segmented
        label="View"
        value={view}
        onValueChange={setView}
        options={CALENDAR_VIEWS.map((candidate) => ({ value: candidate, ...VIEW_LABELS[candidate] }))}
      />
    </TopBar>
  );
}

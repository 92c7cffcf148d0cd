"use client";

import { useMutation } from "convex/react";
import { Ellipsis, RotateCcw } from "lucide-react";
import { toast } from "sonner";
import type { Calendar } from "@/components/calendar/calendars";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { attempt } from "@/components/workspace/attempt";
import { api } from "@/convex/_generated/api";
import type { Connection } from "./use-connections";

/** What can be done with one calendar. */
export function CalendarMenu({ calendar }: { calendar: Calendar }) {
  const rebuild = useMutation(api.calendars.rebuild.request);
  return <RebuildMenu of={calendar.name} rebuild={() => rebuild({ calendarId: calendar.calendarId })} />;
}

/** What can be done with an account, besides what its foot offers. */
export function ConnectionMenu({ connection: { connectionId, label } }: { connection: Connection }) {
  const rebuild = useMutation(api.connections.manage.rebuild);
  return <RebuildMenu of={label} rebuild={() => rebuild({ connectionId })} />;
}

function RebuildMenu({ of, rebuild }: { of: string; rebuild: () => Promise<null> }) {
  const readAll = async () => {
    await rebuild();
    toast(`${of} is read again from the beginning. Nothing leaves the screen meanwhile.`);
  };
  return (
    <DropdownMenu
      align="end"
      trigger={
        <Button variant="quiet" size="small" icon aria-label={`More for ${of}`}>
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem onSelect={() => void attempt(readAll(), "Not read")}>
        <RotateCcw aria-hidden="true" />
        Read everything again
      </MenuItem>
    </DropdownMenu>
  );
}

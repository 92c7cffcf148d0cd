import { notFound, refusal } from "../refusals";
import { type Caller } from "../oauth/bearer";
import { type CalendarBook } from "./book";
import { atLeast, type Role, type StoredCalendar } from "./model";

/** A calendar as one caller may use it. */
export interface Access {
  calendar: StoredCalendar;
  role: Role;
}

/** Finds a calendar (`primary` is the caller's own). Throws 404 where they may not see it, 403 where they may not do this. */
export function accessTo(book: CalendarBook, caller: Caller, calendarId: string, needed: Role): Access {
  const id = calendarId === "primary" ? caller.account.email : calendarId;
  const calendar = book.calendar(id);
  if (calendar === undefined) throw notFound();
  const role = calendar.roles.get(caller.account.id) ?? (calendar.watchable ? undefined : "reader");
  if (role === undefined || !atLeast(role, "reader")) throw notFound();
  if (!atLeast(role, needed)) {
    throw refusal(403, `You need to have ${needed} access to this calendar.`, { domain: "calendar", reason: "requiredAccessLevel" });
  }
  return { calendar, role };
}

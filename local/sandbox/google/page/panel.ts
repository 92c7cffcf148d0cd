import { Temporal } from "temporal-polyfill";
import { type Control } from "../../control/control";
import { action, field } from "../../page/field";
import { html, type Html } from "../../page/html";
import { type DeskCalendar, type Event } from "../desk";

/** What of Google the page is looking at. */
export interface GoogleSelection {
  calendarId: string;
  /** First day shown, `YYYY-MM-DD`. */
  from: string;
}

const DAYS_SHOWN = 14;

/** All accounts with their calendars, as links. */
export function calendarNavigation(control: Control, { calendarId }: GoogleSelection): Html {
  return html`<nav class="card" aria-label="Calendars at Google">
    <h2>At Google</h2>
    ${control.accounts.all().map(
      ({ email }) =>
        html`<h3 class="name" title="${email}">${email}</h3>
          <ul>
            ${control.google.calendars(email).map(
              ({ id, name, events }) =>
                html`<li><a href="/?calendar=${encodeURIComponent(id)}" ${id === calendarId ? html`aria-current="page"` : ""}><span class="name">${name === email ? "Own calendar" : name}</span><span class="count">${String(events)}</span></a></li>`,
            )}
          </ul>`,
    )}
  </nav>`;
}

/** One calendar: a form for a new event, and what it has in two weeks. */
export function calendarPanel(control: Control, calendar: DeskCalendar, selection: GoogleSelection): Html {
  const first = Temporal.PlainDate.from(selection.from);
  const midnight = (day: Temporal.PlainDate): number => day.toZonedDateTime(calendar.timeZone).epochMilliseconds;
  const events = control.google.events(calendar.id, { timeMin: midnight(first), timeMax: midnight(first.add({ days: DAYS_SHOWN })) });
  const byDay = new Map<string, Event[]>();
  for (const event of events) {
    const day = (event.start?.dateTime ?? event.start?.date ?? "").slice(0, 10);
    byDay.set(day, [...(byDay.get(day) ?? []), event]);
  }
  const link = (day: Temporal.PlainDate): string => `/?calendar=${encodeURIComponent(calendar.id)}&from=${day.toString()}`;
  return html`
    <section class="card stack" aria-labelledby="calendar">
      <h1 id="calendar">${calendar.name}</h1>
      <p class="hint">${calendar.timeZone}${calendar.watchable ? "" : " · cannot be watched: clients have to poll it"}</p>
      <form class="row" method="post" action="/page/google/add">
        ${hidden(selection)} ${field("New event", "title", { required: true, maxlength: 500, placeholder: "Title" }, true)}
        ${field("Day", "day", { type: "date", required: true, value: selection.from })} ${field("Time (empty: all day)", "time", { type: "time" })}
        ${field("Minutes", "minutes", { type: "number", min: 1, max: 10_080, value: 60 })}
        <button class="button primary">Add</button>
      </form>
      <form class="row" method="post" action="/page/google/rename-calendar">
        ${hidden(selection)} ${field("Name of the calendar", "name", { required: true, maxlength: 200, value: calendar.name }, true)}
        <button class="button">Rename</button>
      </form>
    </section>
    <section class="card" aria-labelledby="events">
      <h2 id="events">${first.toString()} to ${first.add({ days: DAYS_SHOWN - 1 }).toString()}</h2>
      <p class="pages"><a href="${link(first.subtract({ days: DAYS_SHOWN }))}">Earlier</a> <a href="${link(first.add({ days: DAYS_SHOWN }))}">Later</a></p>
      ${events.length === 0 ? html`<p class="hint">Nothing in these two weeks.</p>` : ""}
      ${[...byDay].map(
        ([day, onDay]) => html`<h3 class="day">${dayInWords(day)}</h3>
          ${onDay.map((event) => eventRow(event, selection))}`,
      )}
    </section>
  `;
}

function eventRow(event: Event, selection: GoogleSelection): Html {
  const id = event.id ?? "";
  const [day = "", time = ""] = (event.start?.dateTime ?? event.start?.date ?? "").split("T");
  return html`<details class="event">
    <summary>
      <span class="when">${time === "" ? "all day" : `${time.slice(0, 5)}–${(event.end?.dateTime ?? "").slice(11, 16)}`}</span>
      <span class="name">${event.summary ?? "(No title)"}</span>
      <span class="hint">${event.recurringEventId == null ? "" : "series"}</span>
    </summary>
    <form class="row" method="post" action="/page/google/change">
      ${hidden(selection)}<input type="hidden" name="event" value="${id}" />
      ${field("Title", "title", { required: true, maxlength: 500, value: event.summary ?? "" }, true)}
      ${field("Day", "day", { type: "date", required: true, value: day })}
      ${time === "" ? "" : field("Time", "time", { type: "time", required: true, value: time.slice(0, 5) })}
      <button class="button">Save</button>
    </form>
    <div class="row">
      ${action("Delete", "/page/google/delete", { ...selectionFields(selection), event: id }, true)}
      ${event.recurringEventId == null ? "" : action("Delete the series", "/page/google/delete", { ...selectionFields(selection), event: event.recurringEventId }, true)}
    </div>
  </details>`;
}

/** What goes wrong at Google without anybody calling. */
export function googleTroublePanel(control: Control, selection: GoogleSelection): Html {
  const fields = selectionFields(selection);
  const { rotateRefreshTokens } = control.google.settings();
  const open = control.google.channels();
  return html`<section class="card stack" aria-labelledby="trouble">
    <h2 id="trouble">Trouble at Google</h2>
    <div class="row">
      ${action("Expire all cursors", "/page/google/expire-cursors", fields)}
      ${action(`Kill channels silently (${open.length})`, "/page/google/silence", fields)}
      ${action(rotateRefreshTokens ? "Stop rotating refresh tokens" : "Rotate refresh tokens", "/page/google/rotate", fields)}
    </div>
    <ul class="plain lines">
      ${control.accounts.all().map(
        ({ email }) =>
          html`<li class="line">
            <span class="name" title="${email}">${email}</span>
            ${action("Expire tokens", "/page/google/expire-tokens", { ...fields, account: email })} ${action("Revoke", "/page/google/revoke", { ...fields, account: email }, true)}
          </li>`,
      )}
    </ul>
  </section>`;
}

function selectionFields({ calendarId, from }: GoogleSelection): Record<string, string> {
  return { calendar: calendarId, from };
}

function hidden(selection: GoogleSelection): Html[] {
  return Object.entries(selectionFields(selection)).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

function dayInWords(day: string): string {
  return Temporal.PlainDate.from(day).toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

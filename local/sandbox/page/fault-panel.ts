import { type Control } from "../control/control";
import { effectInWords } from "../faults/call-faults";
import { action, choice, field } from "./field";
import { html, type Html } from "./html";

/** Calls that faults are most often wanted for. */
const KINDS: Readonly<Record<string, string>> = {
  "calendar.*": "Every calendar call",
  "calendar.events.list": "Listing events",
  "calendar.calendarList.list": "Listing calendars",
  "calendar.events.watch": "Watching",
  "calendar.events.insert": "Inserting",
  "calendar.events.patch": "Patching",
  "calendar.events.update": "Updating",
  "calendar.events.delete": "Deleting",
  "oauth.token.refresh_token": "Refreshing a token",
  "oauth.token.authorization_code": "Exchanging a code",
};

/** What can be done to them; the values are read in `actions.ts`. */
const EFFECTS: Readonly<Record<string, string>> = {
  "status:401": "401 not authorized",
  "status:403": "403 rate limit",
  "status:410": "410 full sync required",
  "status:412": "412 precondition failed",
  "status:429": "429 too many requests",
  "status:500": "500 backend error",
  "status:503": "503 unavailable",
  "slow:3000": "Slow by 3 s",
  "slow:30000": "Slow by 30 s",
  "pages:partial": "Short pages",
  "pages:empty": "Empty first page",
  "pages:incomplete": "Leaves out two thirds",
  "pages:nothing": "Says there is nothing",
  not_json: "Not JSON",
  missing_fields: "Fields missing",
  lose_answer: "Done, but the answer is lost",
};

/** The switches that make calls and notifications fail. */
export function faultPanel(control: Control): Html {
  const { drop, duplicate, reorder, delayMs } = control.notificationFaults();
  const percent = (share: number): Record<string, string | number> => ({ type: "number", min: 0, max: 100, value: Math.round(share * 100) });
  return html`
    <section class="card stack" aria-labelledby="call-faults">
      <h2 id="call-faults">Make calls fail</h2>
      <form class="row" method="post" action="/page/faults/add">
        ${choice("Calls", "match", KINDS, true)} ${choice("Effect", "effect", EFFECTS, true)}
        ${field("Times (empty: on)", "times", { type: "number", min: 1, max: 10_000, value: 1 })}
        ${field("Share, %", "share", { type: "number", min: 1, max: 100, value: 100 })}
        <button class="button">Add</button>
      </form>
      <ul class="plain lines">
        ${control.faults
          .list()
          .map(
            ({ id, match, effect, times, share }) =>
              html`<li class="line">
                <span>${match}: ${effectInWords(effect)}${share === 1 ? "" : `, ${Math.round(share * 100)} %`}${times === null ? "" : `, ${times} more`}</span>
                ${action("Remove", "/page/faults/remove", { id: String(id) })}
              </li>`,
          )}
      </ul>
    </section>
    <section class="card stack" aria-labelledby="notification-faults">
      <h2 id="notification-faults">Make notifications unreliable</h2>
      <form class="row" method="post" action="/page/faults/notifications">
        ${field("Dropped, %", "drop", percent(drop))} ${field("Doubled, %", "duplicate", percent(duplicate))} ${field("Overtaken, %", "reorder", percent(reorder))}
        ${field("Delay from, ms", "least", { type: "number", min: 0, max: 3_600_000, value: delayMs[0] })}
        ${field("to, ms", "most", { type: "number", min: 0, max: 3_600_000, value: delayMs[1] })}
        <button class="button">Set</button>
      </form>
      ${action("All faults off", "/page/faults/calm", {})}
    </section>
  `;
}

import { type Control } from "../control/control";
import { html, type Html } from "./html";

const SHOWN = 15;

/** What clients asked, how often, and what was delivered to them. The script replaces it while it is looked at. */
export function trafficPanel(control: Control): Html {
  const counts = Object.entries(control.calls.counts());
  const attempts = control.notifications(SHOWN);
  return html`
    <section class="card" aria-labelledby="calls">
      <h2 id="calls">Calls <span class="count">${String(control.calls.total())}</span></h2>
      ${counts.length === 0
        ? html`<p class="hint">Nobody has called yet.</p>`
        : table(
            "Calls by kind",
            ["Kind", "Calls"],
            counts.map(([kind, count]) => html`<tr><td>${kind}</td><td class="number">${String(count)}</td></tr>`),
          )}
    </section>
    <section class="card" aria-labelledby="recent">
      <h2 id="recent">Last calls</h2>
      ${table(
        "Last calls, newest first",
        ["Time", "Kind", "Account", "Status"],
        control.calls
          .recent(SHOWN)
          .map(
            ({ at, kind, account, status, fault }) =>
              html`<tr><td>${clock(at)}</td><td>${kind}</td><td>${account ?? ""}</td><td class="${status >= 400 ? "failed" : ""}">${String(status)}${fault === null ? "" : html` <span class="hint">${fault}</span>`}</td></tr>`,
          ),
      )}
    </section>
    <section class="card" aria-labelledby="notifications">
      <h2 id="notifications">Last notifications</h2>
      ${attempts.length === 0
        ? html`<p class="hint">None yet. They begin when a client watches a calendar.</p>`
        : table(
            "Last notifications, newest first",
            ["Time", "What", "Attempt", "Outcome"],
            attempts.map(
              ({ at, label, attempt, outcome }) =>
                html`<tr><td>${clock(at)}</td><td>${label}</td><td class="number">${String(attempt)}</td><td class="${typeof outcome === "number" && outcome < 300 ? "" : "failed"}">${String(outcome)}</td></tr>`,
            ),
          )}
    </section>
  `;
}

function table(caption: string, heads: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll">
    <table aria-label="${caption}">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

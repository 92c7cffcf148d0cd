import { z } from "zod";
import { type Control } from "../control/control";
import { GOOGLE_ACTIONS } from "../google/page/actions";
import { calendarNavigation, calendarPanel, googleTroublePanel, type GoogleSelection } from "../google/page/panel";
import { type Answer, formOf, type SandboxRequest, seeOther } from "../serving/exchange";
import { type Route } from "../serving/router";
import { FAULT_ACTIONS } from "./actions";
import { assetRoutes } from "./assets";
import { faultPanel } from "./fault-panel";
import { page } from "./frame";
import { html } from "./html";
import { trafficPanel } from "./traffic-panel";

/** The sandbox's own page: what people do at the provider, what goes wrong, what clients do. */
export function pageRoutes(control: Control): Route[] {
  return [
    { method: "GET", pattern: "/", kind: "page", handle: (request) => home(request, control) },
    {
      method: "GET",
      pattern: "/page/traffic",
      kind: "page",
      handle: () => ({ status: 200, headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" }, body: trafficPanel(control).text }),
    },
    ...forms("/page/faults", FAULT_ACTIONS, control),
    ...forms("/page/google", GOOGLE_ACTIONS, control),
    ...assetRoutes,
  ];
}

type Action = (form: ReadonlyMap<string, string>, control: Control) => string;

function forms(prefix: string, actions: Readonly<Record<string, Action>>, control: Control): Route[] {
  return Object.entries(actions).map(([name, action]) => ({
    method: "POST",
    pattern: `${prefix}/${name}`,
    kind: "page",
    handle(request) {
      const form = formOf(request);
      return backTo(form, performed(action, form, control));
    },
  }));
}

interface Outcome {
  failed: boolean;
  message: string;
}

function performed(action: Action, form: ReadonlyMap<string, string>, control: Control): Outcome {
  try {
    return { failed: false, message: action(form, control) };
  } catch (thrown) {
    const message = thrown instanceof z.ZodError ? z.prettifyError(thrown) : thrown instanceof Error ? thrown.message : String(thrown);
    return { failed: true, message };
  }
}

function backTo(form: ReadonlyMap<string, string>, { failed, message }: Outcome): Answer {
  const said = { calendar: form.get("calendar") ?? "", from: form.get("from") ?? "", [failed ? "failed" : "done"]: message };
  return seeOther(`/?${new URLSearchParams(said).toString()}`);
}

function home({ url }: SandboxRequest, control: Control): Answer {
  const calendars = control.accounts.all().flatMap(({ email }) => control.google.calendars(email));
  const shown = calendars.find(({ id }) => id === url.searchParams.get("calendar")) ?? calendars[0];
  const from = url.searchParams.get("from") ?? "";
  const selection: GoogleSelection = { calendarId: shown?.id ?? "", from: /^\d{4}-\d{2}-\d{2}$/.test(from) && !Number.isNaN(Date.parse(from)) ? from : today(control) };
  const [done, failed] = [url.searchParams.get("done"), url.searchParams.get("failed")];
  return page({
    title: shown?.name ?? "Nothing here",
    status: 200,
    body: html`
      ${failed === null ? "" : html`<p class="notice bad" role="alert">${failed}</p>`} ${done === null ? "" : html`<p class="notice" role="status">${done}</p>`}
      <div class="column">${calendarNavigation(control, selection)}</div>
      <div class="column">${shown === undefined ? "" : calendarPanel(control, shown, selection)}</div>
      <div class="column last">
        ${googleTroublePanel(control, selection)} ${faultPanel(control)}
        <div class="column" data-traffic>${trafficPanel(control)}</div>
      </div>
    `,
  });
}

function today(control: Control): string {
  return new Date(control.now()).toISOString().slice(0, 10);
}

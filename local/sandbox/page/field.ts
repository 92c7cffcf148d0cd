import { html, type Html } from "./html";

/** A labelled input. The label is always there to be read. */
export function field(label: string, name: string, attributes: Readonly<Record<string, string | number | boolean>> = {}, wide = false): Html {
  return html`<label class="field ${wide ? "wide-field" : ""}"><span class="label">${label}</span><input name="${name}" ${attributesOf(attributes)} /></label>`;
}

/** A labelled choice of one. */
export function choice(label: string, name: string, options: Readonly<Record<string, string>>, wide = false): Html {
  return html`<label class="field ${wide ? "wide-field" : ""}"
    ><span class="label">${label}</span
    ><select name="${name}">
      ${Object.entries(options).map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select></label
  >`;
}

/** A form of one button. */
export function action(label: string, path: string, fields: Readonly<Record<string, string>>, danger = false): Html {
  return html`<form method="post" action="${path}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="button ${danger ? "danger" : ""}">${label}</button>
  </form>`;
}

function attributesOf(attributes: Readonly<Record<string, string | number | boolean>>): Html[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => html`${name}="${value === true ? name : String(value)}" `);
}

import { type Account } from "../../accounts";
import { page, type PageAnswer } from "../../page/frame";
import { html, type Html } from "../../page/html";
import { type AuthorizationRequest } from "./authorization-request";
import { isIdentity, SCOPES } from "./scopes";

/** Asks a person which account they mean and whether they allow it. `id` names the request in the form. */
export function consentPage(id: string, request: AuthorizationRequest, accounts: readonly Account[], action: string): PageAnswer {
  const optional = request.scopes.filter((scope) => !isIdentity(scope));
  const chosen = accounts.find(({ email }) => email === request.loginHint) ?? accounts[0];
  return page({
    title: "Choose an account",
    status: 200,
    // After the form the browser is sent on to the client.
    formTargets: [new URL(request.redirectUri).origin],
    narrow: true,
    body: html`
      <form class="card stack" method="post" action="${action}">
        <input type="hidden" name="request" value="${id}" />
        <div>
          <h1>Sign in to the stand-in for Google</h1>
          <p class="secondary">to continue to <strong>${new URL(request.redirectUri).host}</strong></p>
        </div>
        <fieldset>
          <legend>Account</legend>
          ${accounts.map((account) => accountChoice(account, account === chosen))}
        </fieldset>
        <fieldset>
          <legend>LinearTime wants to</legend>
          ${optional.map(
            (scope) => html`<label class="choice"><input type="checkbox" name="scope" value="${scope}" checked /> ${SCOPES[scope] ?? scope}</label>`,
          )}
          ${optional.length < request.scopes.length ? html`<p class="hint">It will also see your name and e-mail address.</p>` : ""}
        </fieldset>
        <div class="row end">
          <button class="button large" name="decision" value="deny">Deny</button>
          <button class="button large primary" name="decision" value="allow">Allow</button>
        </div>
      </form>
    `,
  });
}

function accountChoice(account: Account, checked: boolean): Html {
  return html`<label class="choice account">
    <input type="radio" name="account" value="${account.id}" required ${checked ? "checked" : ""} />
    <span><strong>${account.name}</strong><br /><span class="secondary">${account.email}</span></span>
  </label>`;
}

/** Shown instead of going back to a client that is not known for sure. */
export function refusedPage(status: number, code: string, message: string): PageAnswer {
  return page({
    title: "Access blocked",
    status,
    narrow: true,
    body: html`<div class="card stack">
      <h1>Access blocked</h1>
      <p>${message}</p>
      <p class="hint">Error ${String(status)}: ${code}</p>
    </div>`,
  });
}

import { randomBytes } from "node:crypto";
import { type Answer, type SandboxRequest, seeOther } from "../../serving/exchange";
import { type Account, type Accounts } from "../../accounts";
import { type AuthorizationRequest, readAuthorization, redirectWith } from "./authorization-request";
import { type OAuthClient } from "./clients";
import { consentPage, refusedPage } from "./consent-page";
import { type Grants } from "./grants";
import { grantedNames, isIdentity } from "./scopes";

export interface AuthorizeDeps {
  accounts: Accounts;
  grants: Grants;
  clients: readonly OAuthClient[];
  issuer(): string;
  now(): number;
}

const PATIENCE_MS = 600_000;
const MAX_WAITING = 200;

/** Those who were shown the consent page and have not answered yet. */
export class Authorizations {
  private readonly waiting = new Map<string, { request: AuthorizationRequest; expiresAt: number }>();

  constructor(private readonly deps: AuthorizeDeps) {}

  /** The authorization endpoint. `decisionPath` is where its form goes. */
  begin(request: SandboxRequest, decisionPath: string): Answer {
    const reading = readAuthorization(request.url.searchParams, this.deps.clients);
    if (!reading.ok && "show" in reading) return refusedPage(reading.show.status, reading.show.code, reading.show.message);
    if (!reading.ok) {
      const { to, error, description, state } = reading.redirect;
      return seeOther(redirectWith(to, { error, error_description: description, state, iss: this.deps.issuer() }));
    }
    if (reading.request.prompt.includes("none")) return this.silent(reading.request);
    const id = randomBytes(16).toString("base64url");
    const oldest = this.waiting.keys().next();
    if (this.waiting.size >= MAX_WAITING && !oldest.done) this.waiting.delete(oldest.value);
    this.waiting.set(id, { request: reading.request, expiresAt: this.deps.now() + PATIENCE_MS });
    return consentPage(id, reading.request, this.deps.accounts.all(), decisionPath);
  }

  /** What the person decided. One answer for each time the page was shown. */
  decide(form: URLSearchParams): Answer {
    const id = form.get("request") ?? "";
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (waiting === undefined || waiting.expiresAt <= this.deps.now()) {
      return refusedPage(400, "expired_request", "This page has been answered already, or was open for too long. Go back and begin again.");
    }
    const { request } = waiting;
    if (form.get("decision") !== "allow") return this.answer(request, { error: "access_denied" });
    const account = this.deps.accounts.byId(form.get("account") ?? "");
    if (account === undefined) return refusedPage(400, "no_account", "No account was chosen.");
    const ticked = form.getAll("scope");
    return this.allow(request, account, request.scopes.filter((scope) => isIdentity(scope) || ticked.includes(scope)));
  }

  /** Without a page: only for somebody who is named and has allowed all of it before. */
  private silent(request: AuthorizationRequest): Answer {
    const account = this.deps.accounts.byEmail(request.loginHint ?? "");
    if (account === undefined) return this.answer(request, { error: "login_required" });
    const allowed = this.deps.grants.scopesOf(account.id, request.client.id);
    if (!grantedNames(request.scopes).every((scope) => allowed.includes(scope))) return this.answer(request, { error: "consent_required" });
    return this.allow(request, account, request.scopes);
  }

  private allow(request: AuthorizationRequest, account: Account, allowed: readonly string[]): Answer {
    const scopes = grantedNames(allowed);
    const code = this.deps.grants.issueCode({
      accountId: account.id,
      clientId: request.client.id,
      redirectUri: request.redirectUri,
      scopes,
      nonce: request.nonce,
      codeChallenge: request.codeChallenge,
      offline: request.offline && (request.prompt.includes("consent") || !this.deps.grants.has(account.id, request.client.id)),
    });
    return this.answer(request, { code, scope: scopes.join(" "), authuser: "0", prompt: request.prompt.includes("consent") ? "consent" : "none" });
  }

  private answer(request: AuthorizationRequest, result: Readonly<Record<string, string>>): Answer {
    return seeOther(redirectWith(request.redirectUri, { state: request.state, iss: this.deps.issuer(), ...result }));
  }
}

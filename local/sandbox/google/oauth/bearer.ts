import { type Account, type Accounts } from "../../accounts";
import { type SandboxRequest } from "../../serving/exchange";
import { refusal } from "../refusals";
import { type Grants } from "./grants";
import { allows, type Need } from "./scopes";

/** Who makes a call: a person, through a client. */
export interface Caller {
  account: Account;
  clientId: string;
}

export interface Bearers {
  /** Whose token the request carries; null where it carries none that is good. Changes nothing. */
  accountOf(request: Pick<SandboxRequest, "headers" | "url">): Account | null;
  /** As `accountOf`, but refuses a request without a good token (401) or without the scope (403). */
  require(request: SandboxRequest, need: Need): Caller;
}

export function createBearers(accounts: Accounts, grants: Grants): Bearers {
  const find = (request: Pick<SandboxRequest, "headers" | "url">) => {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? request.url.searchParams.get("access_token");
    const known = token === null ? null : grants.accessTokenOf(token);
    const account = known === null ? undefined : accounts.byId(known.grant.accountId);
    return known === null || account === undefined ? null : { account, clientId: known.grant.clientId, scopes: known.scopes };
  };
  return {
    accountOf: (request) => find(request)?.account ?? null,
    require(request, need) {
      const found = find(request);
      if (found === null) {
        throw refusal(401, "Invalid Credentials", { reason: "authError", locationType: "header", location: "Authorization" });
      }
      if (!allows(found.scopes, need)) {
        throw refusal(403, "Request had insufficient authentication scopes.", { reason: "insufficientPermissions" });
      }
      return { account: found.account, clientId: found.clientId };
    },
  };
}

import type { Id } from "../../_generated/dataModel";
import type { EnvelopeContext } from "../../../lib/security/envelope";

/** What a sealed PKCE verifier is bound to: the one authorization that it belongs to. */
export function verifierContext(state: { orgId: Id<"organizations">; provider: string; stateHash: string }): EnvelopeContext {
  return { org: state.orgId, providerConfigId: state.stateHash, provider: state.provider, field: "verifier" };
}

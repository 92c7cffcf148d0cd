import { KeyRound } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { Connection } from "../use-connections";
import { authorizeAddress } from "./authorize-address";

/** Why the account stopped, and the way to allow access again. */
export function SignInAgain({ connection }: { connection: Connection }) {
  const { connectionId, provider, providerLabel, reason } = connection;
  return (
    <div className="border-t border-line px-4 py-3">
      <Callout tone="warn" icon={<KeyRound aria-hidden="true" />} title={reason?.message ?? `${providerLabel} no longer accepts this sign-in`}>
        {reason?.action ?? "Reconnect the account."} Everything that was read stays as it is.
        <span className="mt-2 flex">
          <Button asChild variant="primary" size="small">
            <a href={authorizeAddress(provider, connectionId)}>Reconnect</a>
          </Button>
        </span>
      </Callout>
    </div>
  );
}

"use client";

import { useAction } from "convex/react";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { api } from "@/convex/_generated/api";
import { type ConnectRefusal, UNREACHABLE } from "./connect-refusal";
import type { Connection } from "./use-connections";

/** Why the account stopped, and the one thing that starts it again: its password. */
export function ReconnectForm({ connection }: { connection: Connection }) {
  const reconnect = useAction(api.connections.caldav.reconnect);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<ConnectRefusal | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    setPending(true);
    setRefusal(null);
    const result = await reconnect({ connectionId: connection.connectionId, password }).catch(() => UNREACHABLE);
    setPending(false);
    // On success the status of the connection changes, and this form with it.
    if (!result.ok) setRefusal(result);
  }

  return (
    <div className="border-t border-line px-4 py-3">
      <Callout tone="warn" icon={<KeyRound aria-hidden="true" />} title={connection.reason?.message ?? "The server does not accept the password any more"}>
        {connection.reason?.action ?? "Enter the current password."} Everything that was read stays as it is.
      </Callout>
      <form method="post" onSubmit={submit} className="mt-3 flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field
            label={`Password of ${connection.username}`}
            name="password"
            type="password"
            autoComplete="off"
            required
            error={refusal}
          />
        </div>
        <Button type="submit" variant="primary" pending={pending} className={`h-8 phone:h-10 ${refusal ? "self-start mt-5" : ""}`}>
          Reconnect
        </Button>
      </form>
    </div>
  );
}

"use client";

import { useAction } from "convex/react";
import { CircleAlert } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { api } from "@/convex/_generated/api";
import type { Connection } from "./use-connections";
import { type ConnectField, type ConnectRefusal, UNREACHABLE } from "./connect-refusal";

interface ConnectFormProps {
  onConnected: (connectionId: Connection["connectionId"], calendars: number) => void;
  onCancel: () => void;
}

/** Asks for a CalDAV server and an account on it, tests them, and names what is wrong where it is wrong. */
export function ConnectForm({ onConnected, onCancel }: ConnectFormProps) {
  const connect = useAction(api.connections.caldav.connect);
  const form = useRef<HTMLFormElement>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<ConnectRefusal | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    const text = (field: ConnectField) => String(data.get(field) ?? "");
    setPending(true);
    setRefusal(null);
    const result = await connect({
      serverUrl: text("serverUrl").trim(),
      username: text("username").trim(),
      password: text("password"),
    }).catch(() => UNREACHABLE);
    setPending(false);
    if (result.ok) {
      onConnected(result.connectionId, result.calendars);
      return;
    }
    setRefusal(result);
    if (result.field) form.current?.querySelector<HTMLInputElement>(`[name="${result.field}"]`)?.focus();
  }

  function errorAt(field: ConnectField) {
    return refusal?.field === field ? refusal : null;
  }

  return (
    <form ref={form} method="post" onSubmit={submit} className="flex flex-col gap-4 p-5 pt-4">
      {refusal && refusal.field === null ? (
        <Callout tone="bad" urgent icon={<CircleAlert aria-hidden="true" />} title={refusal.message}>
          {refusal.action}
        </Callout>
      ) : null}
      <Field
        label="Server address"
        name="serverUrl"
        placeholder="dav.example.org"
        hint="The server’s name is enough; its calendars are looked up there."
        inputMode="url"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        required
        error={errorAt("serverUrl")}
      />
      <Field
        label="User name"
        name="username"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        required
        error={errorAt("username")}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        hint="With two-step sign-in the server wants an app password here. It is stored sealed."
        autoComplete="off"
        required
        error={errorAt("password")}
      />
      <div className="mt-1 flex items-center justify-end gap-2">
        <span role="status" className="flex-1 text-12 text-fg-2">
          {pending ? "Looking for calendars on the server" : null}
        </span>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {pending ? "Testing" : "Connect"}
        </Button>
      </div>
    </form>
  );
}

"use client";

import { CircleAlert } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { fullLoad } from "./full-load";
import { type CredentialField, type CredentialsResult, submitCredentials } from "./submit-credentials";

interface CredentialsFormProps {
  mode: "sign-in" | "sign-up";
  /** A path of this site, already checked. */
  next: string;
}

type Refusal = Extract<CredentialsResult, { ok: false }>;

/** The form of both doors: a name is asked for only when an account is made. */
export function CredentialsForm({ mode, next }: CredentialsFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isNew = mode === "sign-up";

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    const text = (field: CredentialField) => String(data.get(field) ?? "");
    setPending(true);
    setRefusal(null);
    const result = await submitCredentials(`/api/auth/${mode}`, {
      ...(isNew ? { name: text("name").trim() } : {}),
      email: text("email").trim(),
      password: text("password"),
    });
    if (result.ok) {
      fullLoad(next);
      return;
    }
    setPending(false);
    setRefusal(result);
    if (result.field) form.current?.querySelector<HTMLInputElement>(`[name="${result.field}"]`)?.focus();
  }

  function errorAt(field: CredentialField) {
    return refusal?.field === field ? { message: refusal.message } : null;
  }

  return (
    <form ref={form} method="post" onSubmit={submit} className="flex flex-col gap-4">
      {refusal && refusal.field === null ? (
        <Callout tone="bad" urgent icon={<CircleAlert aria-hidden="true" />} title={isNew ? "Not created yet" : "Not signed in"}>
          {refusal.message}
        </Callout>
      ) : null}
      {isNew ? (
        <Field label="Name" name="name" scale="large" autoComplete="name" required maxLength={100} error={errorAt("name")} />
      ) : null}
      <Field
        label="E-mail"
        name="email"
        type="email"
        scale="large"
        autoComplete={isNew ? "email" : "username"}
        autoCapitalize="none"
        spellCheck={false}
        required
        error={errorAt("email")}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        scale="large"
        autoComplete={isNew ? "new-password" : "current-password"}
        required
        error={errorAt("password")}
      />
      <Button type="submit" variant="primary" size="large" pending={pending} className="mt-1 w-full">
        {isNew ? (pending ? "Creating the account" : "Create account") : pending ? "Signing in" : "Sign in"}
      </Button>
    </form>
  );
}

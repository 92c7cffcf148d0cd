"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { fullLoad } from "./full-load";
import { HOME, safeNext } from "./safe-next";
import { readRefusal } from "./submit-credentials";

/** Opens a workspace with made-up calendars, without an account. */
export function DemoButton() {
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function begin() {
    setPending(true);
    setRefusal(null);
    const response = await fetch("/api/auth/demo", { method: "POST" }).catch(() => null);
    const body: unknown = await response?.json().catch(() => null);
    if (response?.ok) {
      const next = typeof body === "object" && body !== null && "next" in body ? body.next : HOME;
      fullLoad(safeNext(typeof next === "string" ? next : undefined));
      return;
    }
    setPending(false);
    const result = readRefusal(body);
    setRefusal(result.ok ? null : result.message);
  }

  return (
    <div className="mt-4 border-t border-line pt-4">
      {refusal === null ? null : (
        <Callout tone="bad" urgent icon={<CircleAlert aria-hidden="true" />} title="The demo did not start" className="mb-3">
          {refusal}
        </Callout>
      )}
      <Button size="large" pending={pending} className="w-full" onClick={() => void begin()}>
        {pending ? "Making a workspace" : "Try the demo"}
      </Button>
      <p className="mt-1.5 text-12 text-fg-2">A workspace of your own with a made-up year in it, synced with a stand-in for a provider on this machine.</p>
    </div>
  );
}

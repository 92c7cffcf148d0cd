"use client";

import { Button } from "@/components/ui/button";
import { Logo } from "@/components/ui/logo";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="flex max-w-80 flex-col items-center text-center">
        <Logo className="size-6" />
        <h1 className="mt-5 text-20 font-semibold tracking-[-0.015em]">Something broke on this page</h1>
        <p className="mt-1 mb-5 text-fg-2">
          Your calendars are not affected. Try again; if it happens once more, reload the page.
        </p>
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
        {error.digest ? <p className="mt-4 font-mono text-12 text-fg-3">{error.digest}</p> : null}
      </div>
    </main>
  );
}

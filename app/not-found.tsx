import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Logo } from "@/components/ui/logo";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="flex max-w-80 flex-col items-center text-center">
        <Logo className="size-6" />
        <h1 className="mt-5 text-20 font-semibold tracking-[-0.015em]">This page does not exist</h1>
        <p className="mt-1 mb-5 text-fg-2">The address may be mistyped, or the page has moved.</p>
        <Button asChild variant="primary">
          <Link href="/calendar">Open the calendar</Link>
        </Button>
      </div>
    </main>
  );
}

import { Plus } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";

/** What the calendar says before anything is connected; the empty week shows through. */
export function EmptyCalendar() {
  return (
    <div className="absolute inset-0 z-10 grid place-items-center bg-surface/70 p-6">
      <div className="flex max-w-80 animate-rise flex-col items-center rounded-card bg-raised px-8 py-7 text-center shadow-float">
        <h2 className="text-16 font-semibold tracking-[-0.01em]">No calendar here yet</h2>
        <p className="mt-1 mb-5 text-fg-2">Connect an account, and its events appear as they are read.</p>
        <Button asChild variant="primary">
          <Link href="/connections?connect=true">
            <Plus aria-hidden="true" />
            Connect an account
          </Link>
        </Button>
      </div>
    </div>
  );
}

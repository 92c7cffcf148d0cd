import type { ReactNode } from "react";

interface WebhookCardProps {
  title: string;
  state: ReactNode;
  /** Below, at the start and at the end. */
  start: ReactNode;
  end: ReactNode;
}

/** A channel or a notification on a small screen. */
export function WebhookCard({ title, state, start, end }: WebhookCardProps) {
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex items-center gap-2">
        <span className="min-w-0 truncate font-medium">{title}</span>
        <span className="ml-auto">{state}</span>
      </div>
      <div className="flex justify-between gap-2 text-12 text-fg-2">
        <span>{start}</span>
        <span>{end}</span>
      </div>
    </div>
  );
}

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface InspectorRowProps {
  icon: LucideIcon;
  /** What the row is about, for those who do not see the icon. */
  label: string;
  children: ReactNode;
}

/** One fact about an event. */
export function InspectorRow({ icon: Icon, label, children }: InspectorRowProps) {
  return (
    <div className="flex min-h-7 gap-2.5 py-1">
      <dt className="pt-0.5">
        <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 text-fg-3" />
        <span className="sr-only">{label}</span>
      </dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  );
}

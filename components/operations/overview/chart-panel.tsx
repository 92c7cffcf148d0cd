import type { ReactNode } from "react";
import { Panel } from "../frame/panel";

interface ChartPanelProps {
  title: string;
  note: string;
  legend: readonly { name: string; color: string }[];
  /** What the picture shows, for those who do not see it. */
  description: string;
  className?: string;
  children: ReactNode;
}

/** A chart with its title and legend. */
export function ChartPanel({ title, note, legend, description, className, children }: ChartPanelProps) {
  return (
    <Panel
      title={title}
      note={note}
      className={className}
      aside={
        <ul aria-hidden="true" className="flex flex-wrap gap-x-3 text-12 text-fg-2">
          {legend.map(({ name, color }) => (
            <li key={name} className="flex items-center gap-1.5">
              <i className="size-2 rounded-[2px]" style={{ background: color }} />
              {name}
            </li>
          ))}
        </ul>
      }
    >
      <div role="img" aria-label={description} className="min-h-48 px-4 pb-3">
        {children}
      </div>
    </Panel>
  );
}

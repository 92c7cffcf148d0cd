import { Progress as RadixProgress } from "radix-ui";
import { cn } from "./class-names";

interface ProgressProps {
  label: string;
  /** 0 to 1, or null while the whole is not known. */
  value: number | null;
}

/** A thin bar; without a known whole it shows that work goes on, not how far it is. */
export function Progress({ label, value }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <RadixProgress.Root
      aria-label={label}
      value={percent}
      className="h-1 overflow-hidden rounded-full bg-active"
    >
      <RadixProgress.Indicator
        className={cn(
          "h-full w-full rounded-full bg-accent transition-[width] duration-(--slow)",
          percent === null && "animate-breathe opacity-40",
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </RadixProgress.Root>
  );
}

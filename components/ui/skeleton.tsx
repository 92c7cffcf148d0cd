import { cn } from "./class-names";

/** A breathing block in the shape of what is still loading. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn("block animate-breathe rounded-chip bg-active", className)} />;
}

import { cn } from "./class-names";

/** A turning arc; what it stands for is said in words beside it. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("inline-block size-3 shrink-0 animate-turn rounded-full border-[1.5px] border-current border-r-transparent", className)}
    />
  );
}

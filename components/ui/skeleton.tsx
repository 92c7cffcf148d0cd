import type { CSSProperties } from "react";
import { cn } from "./class-names";

/** A breathing block in the shape of what is still loading. */
export function Skeleton({ className, style }: { className?: string; style?: CSSProperties }) {
  return <span aria-hidden="true" style={style} className={cn("block animate-breathe rounded-chip bg-active", className)} />;
}

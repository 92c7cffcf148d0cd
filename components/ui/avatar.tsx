import { cn } from "./class-names";

/** Up to two initials of a name or an e-mail address. */
export function initials(name: string): string {
  const words = name.replace(/@.*$/, "").split(/[\s._-]+/).filter(Boolean);
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")].at(0) ?? "");
  return letters.join("").toUpperCase();
}

/** A person's initials in a circle, in a calendar colour (`data-cal`) where one is set. */
export function Avatar({ name, cal, className }: { name: string; cal?: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      data-cal={cal}
      className={cn(
        "grid size-5 shrink-0 place-items-center rounded-full bg-cal-tint text-[9px] leading-5 font-semibold tracking-[0.02em] text-cal-text",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** A small box filled with the colour of its calendar (`data-cal`) while checked. */
export function Checkbox({ className, ...rest }: ComponentProps<typeof RadixCheckbox.Root>) {
  return (
    <RadixCheckbox.Root
      {...rest}
      className={cn(
        "grid size-3 shrink-0 place-items-center rounded-bar text-surface shadow-[inset_0_0_0_1.5px_var(--cal-mark)] transition-colors data-[state=checked]:bg-cal-mark",
        className,
      )}
    >
      <RadixCheckbox.Indicator asChild>
        <Check aria-hidden="true" className="size-2.5" strokeWidth={2.5} />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}

"use client";

import { ToggleGroup } from "radix-ui";

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; shortcut?: string }[];
}

/** A row of choices of which exactly one holds; arrows move between them. */
export function Segmented<Value extends string>({ label, value, onValueChange, options }: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onValueChange(option.value);
      }}
      className="inline-flex shrink-0 rounded-control bg-active p-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-keyshortcuts={option.shortcut}
          className="h-6 rounded-chip px-2 text-fg-2 transition-colors hover:text-fg data-[state=on]:bg-knob data-[state=on]:font-medium data-[state=on]:text-fg data-[state=on]:shadow-knob"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

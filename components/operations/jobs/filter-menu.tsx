"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { DropdownMenu, MenuChoice, MenuChoices } from "@/components/ui/dropdown-menu";

interface FilterMenuProps<Value extends string> {
  label: string;
  value: Value | null;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value | null) => void;
}

const ANY = "any";

/** Narrows a list to one value of a field, or to none in particular. */
export function FilterMenu<Value extends string>({ label, value, options, onChange }: FilterMenuProps<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <DropdownMenu
      align="end"
      trigger={
        <Button size="small" className={cn(chosen && "bg-accent-tint text-accent-text")}>
          {chosen ? `${label}: ${chosen.label}` : label}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuChoices
        label={label}
        value={value ?? ANY}
        onValueChange={(next) => onChange(options.find((option) => option.value === next)?.value ?? null)}
      >
        <MenuChoice value={ANY}>Any</MenuChoice>
        {options.map((option) => (
          <MenuChoice key={option.value} value={option.value}>
            {option.label}
          </MenuChoice>
        ))}
      </MenuChoices>
    </DropdownMenu>
  );
}

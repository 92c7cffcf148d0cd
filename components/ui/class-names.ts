import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["10", "11", "12", "13", "14", "16", "18", "20", "24", "28"],
      radius: ["bar", "chip", "control", "card", "sheet"],
      shadow: ["float", "knob"],
      breakpoint: ["wide", "narrow", "phone"],
    },
  },
});

/** Joins class names; of two Tailwind classes for the same property the later one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}

"use client";

import { Toaster as Sonner } from "sonner";

/** Where toasts appear. Their words come from `toast` of sonner. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      offset={16}
      mobileOffset={{ bottom: 80, left: 16, right: 16 }}
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-[356px] font-sans max-w-full items-center gap-2.5 rounded-card bg-raised px-3.5 py-3 text-13 text-fg shadow-float phone:w-full",
          title: "font-medium",
          description: "text-fg-2",
          success: "[&_[data-icon]]:text-ok",
          error: "[&_[data-icon]]:text-bad",
        },
      }}
    />
  );
}

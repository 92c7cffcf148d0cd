"use client";

import { useQuery } from "convex/react";
import { CalendarDays } from "lucide-react";
import { Button } from "@/components/ui/button";
import { api } from "@/convex/_generated/api";
import { authorizeAddress } from "./authorize-address";

/** One button for each provider that people sign in to; nothing where this deployment has keys for none. */
export function ProviderButtons({ className }: { className?: string }) {
  const offers = useQuery(api.connections.offers.list, {});
  if (offers === undefined || offers.length === 0) return null;
  return (
    <ul className={className}>
      {offers.map(({ provider, label, sandboxUrl }) => (
        <li key={provider}>
          <Button asChild size="large" className="w-full">
            {/* No link of Next's: it leads away from here, and must not be fetched ahead. */}
            <a href={authorizeAddress(provider)}>
              <CalendarDays aria-hidden="true" />
              {label}
            </a>
          </Button>
          {sandboxUrl === null ? null : (
            <p className="mt-1.5 text-12 text-fg-2">
              Leads to a stand-in on this machine with made-up accounts, because no keys of {label} are set here.{" "}
              <a href={sandboxUrl} target="_blank" rel="noreferrer" className="text-accent-text underline underline-offset-2">
                Its own page
              </a>{" "}
              changes things there.
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

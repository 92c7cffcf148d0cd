"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { profileOf } from "@/lib/providers/profiles";
import { outcomeText } from "./outcomes";

/** What became of the visit to a provider's consent page that this page was returned to from. */
export function OutcomeNotice() {
  const [{ oauth, provider }, set] = useQueryStates({ oauth: parseAsString, provider: parseAsString });
  if (oauth === null) return null;
  const { tone, title, detail } = outcomeText(oauth, profileOf(provider ?? "")?.label ?? "The account");
  const Icon = tone === "neutral" ? CircleCheck : CircleAlert;
  return (
    <div className="relative mb-5">
      <Callout tone={tone} urgent icon={<Icon aria-hidden="true" />} title={title} className="pr-10">
        {detail}
      </Callout>
      <Button variant="quiet" size="small" icon aria-label="Close" className="absolute top-1.5 right-1.5" onClick={() => void set(null)}>
        <X aria-hidden="true" />
      </Button>
    </div>
  );
}

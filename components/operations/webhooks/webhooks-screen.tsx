"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Segmented } from "@/components/ui/segmented";
import { TablePage } from "../frame/scrolling-page";
import { Notifications } from "./notifications";
import { Subscriptions } from "./subscriptions";

/** Push channels, and what came through them. */
export function WebhooksScreen() {
  const [show, setShow] = useQueryState("show", parseAsStringLiteral(["subscriptions", "notifications"]).withDefault("subscriptions"));
  const choice = (
    <Segmented
      label="What to list"
      value={show}
      onValueChange={(value) => void setShow(value)}
      options={[
        { value: "subscriptions", label: "Subscriptions" },
        { value: "notifications", label: "Notifications" },
      ]}
    />
  );
  return <TablePage>{show === "subscriptions" ? <Subscriptions aside={choice} /> : <Notifications aside={choice} />}</TablePage>;
}

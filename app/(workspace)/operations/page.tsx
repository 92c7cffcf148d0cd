import type { Metadata } from "next";
import { OverviewScreen } from "@/components/operations/overview/overview-screen";

export const metadata: Metadata = { title: "Operations" };

export default function OperationsPage() {
  return <OverviewScreen />;
}

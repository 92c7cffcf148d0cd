import type { Metadata } from "next";
import { AlertsScreen } from "@/components/operations/alerts/alerts-screen";

export const metadata: Metadata = { title: "Alerts" };

export default function AlertsPage() {
  return <AlertsScreen />;
}

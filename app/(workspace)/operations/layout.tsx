import type { ReactNode } from "react";
import { OperationsFrame } from "@/components/operations/frame/operations-frame";

export default function OperationsLayout({ children }: { children: ReactNode }) {
  return <OperationsFrame>{children}</OperationsFrame>;
}

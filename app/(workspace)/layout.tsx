import { connection } from "next/server";
import type { ReactNode } from "react";
import { ConvexSessionProvider } from "@/components/auth/convex-session-provider";
import { WorkspaceShell } from "@/components/workspace/workspace-shell";

/** The address of Convex is read when a page is asked for: the same build serves every deployment. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  await connection();
  const url = process.env.CONVEX_URL;
  if (!url) throw new Error("CONVEX_URL is not set: the address of the Convex deployment");
  return (
    <ConvexSessionProvider url={url}>
      <WorkspaceShell>{children}</WorkspaceShell>
    </ConvexSessionProvider>
  );
}

import { connection } from "next/server";
import type { ReactNode } from "react";
import { SessionProvider } from "@/components/auth/session-provider";
import { WorkspaceShell } from "@/components/workspace/workspace-shell";
import { signInFacts } from "../sign-in-facts";

/** The address of Convex is read when a page is asked for: the same build serves every deployment. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  await connection();
  const url = process.env.CONVEX_URL;
  if (!url) throw new Error("CONVEX_URL is not set: the address of the Convex deployment");
  return (
    <SessionProvider url={url} signIn={await signInFacts()}>
      <WorkspaceShell>{children}</WorkspaceShell>
    </SessionProvider>
  );
}

"use client";

import { useConvexAuth, useMutation } from "convex/react";
import { useEffect } from "react";
import { toast } from "sonner";
import { api } from "@/convex/_generated/api";

/** Makes sure that whoever has signed in has an account here: Clerk's webhook may be late, or not set up. */
export function Enrolment() {
  const { isAuthenticated } = useConvexAuth();
  const ensure = useMutation(api.accounts.enrolment.ensure);
  useEffect(() => {
    if (!isAuthenticated) return;
    ensure({}).catch(() => {
      toast.error("Your account could not be opened", { description: "Sign out and in again. If it was deleted, it stays so." });
    });
  }, [isAuthenticated, ensure]);
  return null;
}

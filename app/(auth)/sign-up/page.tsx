import type { Metadata } from "next";
import { CredentialsForm } from "@/components/auth/credentials-form";
import { Door } from "@/components/auth/door";
import { nextFrom, type Query, withNext } from "@/components/auth/safe-next";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<Query> }) {
  const next = nextFrom(await searchParams);
  return (
    <Door
      title="Create an account"
      lead="Then connect your first calendar server."
      other={{ question: "Been here before?", label: "Sign in", href: withNext("/sign-in", next) }}
    >
      <CredentialsForm mode="sign-up" next={next} />
    </Door>
  );
}

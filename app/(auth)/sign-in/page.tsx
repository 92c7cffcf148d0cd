import type { Metadata } from "next";
import { CredentialsForm } from "@/components/auth/credentials-form";
import { Door } from "@/components/auth/door";
import { nextFrom, type Query, withNext } from "@/components/auth/safe-next";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const next = nextFrom(await searchParams);
  return (
    <Door
      title="Sign in"
      lead="All your calendars, one picture."
      other={{ question: "New here?", label: "Create an account", href: withNext("/sign-up", next) }}
    >
      <CredentialsForm mode="sign-in" next={next} />
    </Door>
  );
}

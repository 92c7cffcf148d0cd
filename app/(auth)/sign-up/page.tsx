import type { Metadata } from "next";
import { ClerkDoor } from "@/components/auth/clerk-door";
import { CredentialsForm } from "@/components/auth/credentials-form";
import { Door } from "@/components/auth/door";
import { nextFrom, type Query, withNext } from "@/components/auth/safe-next";
import { signInFacts } from "../../sign-in-facts";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<Query> }) {
  const next = nextFrom(await searchParams);
  const signIn = await signInFacts();
  if (signIn.mode === "clerk") return <ClerkDoor door="sign-up" next={next} signIn={signIn} />;
  return (
    <Door
      title="Create an account"
      lead="Then connect your first account."
      other={{ question: "Been here before?", label: "Sign in", href: withNext("/sign-in", next) }}
    >
      <CredentialsForm mode="sign-up" next={next} />
    </Door>
  );
}

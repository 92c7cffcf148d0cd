import type { Metadata } from "next";
import { Clock } from "lucide-react";
import { ClerkDoor } from "@/components/auth/clerk-door";
import { CredentialsForm } from "@/components/auth/credentials-form";
import { DemoButton } from "@/components/auth/demo-button";
import { Door } from "@/components/auth/door";
import { nextFrom, type Query, withNext } from "@/components/auth/safe-next";
import { Callout } from "@/components/ui/callout";
import { sandboxesOf } from "@/lib/providers/profiles";
import { signInFacts } from "../../sign-in-facts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const next = nextFrom(query);
  const signIn = await signInFacts();
  if (signIn.mode === "clerk") return <ClerkDoor door="sign-in" next={next} signIn={signIn} />;
  return (
    <Door
      title="Sign in"
      lead="All your calendars, one picture."
      other={{ question: "New here?", label: "Create an account", href: withNext("/sign-up", next) }}
    >
      {query.expired === undefined ? null : (
        <Callout icon={<Clock aria-hidden="true" />} title="Your session has ended" className="mb-4">
          Sign in again to go on where you were.
        </Callout>
      )}
      <CredentialsForm mode="sign-in" next={next} />
      {sandboxesOf(process.env).length > 0 ? <DemoButton /> : null}
    </Door>
  );
}

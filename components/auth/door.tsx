import type { ReactNode } from "react";
import Link from "next/link";

interface DoorProps {
  title: string;
  lead: string;
  /** The other door. */
  other: { question: string; label: string; href: string };
  children: ReactNode;
}

/** What both doors look like: a heading, the form, and the way to the other door. */
export function Door({ title, lead, other, children }: DoorProps) {
  return (
    <>
      <div className="my-auto py-8">
        <h1 className="text-24 font-semibold tracking-[-0.02em]">{title}</h1>
        <p className="mt-1 mb-6 text-14 text-fg-2">{lead}</p>
        {children}
      </div>
      <p className="py-2 text-fg-2">
        {other.question}{" "}
        <Link href={other.href} className="font-medium text-accent-text underline-offset-2 hover:underline">
          {other.label}
        </Link>
      </p>
    </>
  );
}

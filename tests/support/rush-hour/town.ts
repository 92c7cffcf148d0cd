import type { SeedCalendar, SeedWorld } from "../../../local/sandbox/seed/shape";

/** How many have an account, and how many calendars each. */
export interface TownSize {
  people: number;
  calendars: number;
}

export interface Townsperson {
  id: string;
  email: string;
  name: string;
  timeZone: string;
}

const timeZone = "Europe/Berlin";

/** The `index`th of them. */
export const townsperson = (index: number): Townsperson => ({
  id: String(100_000_000_000_000_000_000n + BigInt(index + 1)),
  email: `person-${index}@example.com`,
  name: `Person ${index}`,
  timeZone,
});

/** So many people, each with empty calendars of their own. */
export function townOf({ people, calendars }: TownSize): SeedWorld {
  const accounts = Array.from({ length: people }, (_, index) => townsperson(index));
  return { accounts, calendars: accounts.flatMap((person) => Array.from({ length: calendars }, (_, index) => calendarOf(person, index))) };
}

function calendarOf({ email, id }: Townsperson, index: number): SeedCalendar {
  const name = index === 0 ? email : `Calendar ${index} of ${id}`;
  return {
    key: index === 0 ? email : `${id}-${index}`,
    name,
    description: null,
    timeZone,
    color: "#4986e7",
    kind: index === 0 ? "primary" : "secondary",
    members: [{ email, role: "owner" }],
    events: [],
  };
}

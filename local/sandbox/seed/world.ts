import { seededRandom } from "../random";
import { stretchAround } from "./diary";
import { holidays } from "./holidays";
import { JONAS, MARA, MARA_WORK, PRIYA } from "./people";
import { familyDiary, privateDiary, shiftDiary } from "./private-life";
import { type SeedCalendar, type SeedEvent, type SeedWorld } from "./shape";
import { colleagueDiary, teamDiary } from "./team";
import { workDiary } from "./work";
import { type Account } from "../accounts";

export const ACCOUNTS: readonly Account[] = [MARA_WORK, MARA, JONAS, PRIYA];

/**
 * Four accounts and their calendars around `today` (`YYYY-MM-DD`): one busy person with an account for work and one
 * at home, her husband, a colleague. The same for the same day.
 */
export function seedWorld(today: string): SeedWorld {
  const stretch = stretchAround(today);
  const random = (what: string) => seededRandom(`${what} ${today}`);
  return {
    accounts: ACCOUNTS,
    calendars: [
      primary(MARA_WORK, "#4986e7", workDiary(stretch, random("work"))),
      primary(MARA, "#a47ae2", privateDiary(stretch, random("private"))),
      primary(JONAS, "#16a765", shiftDiary(stretch, random("shifts"))),
      // The meetings of both are drawn first in both calendars, from the same numbers.
      primary(PRIYA, "#f83a22", colleagueDiary(stretch, random("colleague"), random("work"))),
      {
        key: "family",
        name: "Family",
        description: "What concerns all four of us.",
        timeZone: "Europe/Berlin",
        color: "#ffad46",
        kind: "secondary",
        members: [
          { email: MARA.email, role: "owner" },
          { email: JONAS.email, role: "writer" },
        ],
        events: familyDiary(stretch, random("family")),
      },
      {
        key: "product-team",
        name: "Product team",
        description: "Sprints, releases, who is away.",
        timeZone: "UTC",
        color: "#42d692",
        kind: "secondary",
        members: [
          { email: PRIYA.email, role: "owner" },
          { email: MARA_WORK.email, role: "writer" },
        ],
        events: teamDiary(stretch),
      },
      {
        key: "en.german",
        name: "Holidays in Germany",
        description: "Public holidays.",
        timeZone: "Europe/Berlin",
        color: "#9fe1e7",
        kind: "holidays",
        members: [MARA_WORK, MARA, JONAS].map(({ email }) => ({ email, role: "reader" as const })),
        events: holidays(stretch),
      },
    ],
  };
}

function primary(account: Account, color: string, events: readonly SeedEvent[]): SeedCalendar {
  return {
    key: account.email,
    name: account.email,
    description: null,
    timeZone: account.timeZone,
    color,
    kind: "primary",
    members: [{ email: account.email, role: "owner" }],
    events,
  };
}

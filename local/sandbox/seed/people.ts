import { type Account } from "../accounts";

/** Those who have accounts. Their addresses are in domains that can belong to nobody (RFC 2606). */
export const MARA_WORK: Account = { id: "108914236570011200001", email: "mara.lindqvist@northwind.example", name: "Mara Lindqvist", timeZone: "Europe/Berlin" };
export const MARA: Account = { id: "108914236570011200002", email: "mara.lindqvist@example.net", name: "Mara Lindqvist", timeZone: "Europe/Berlin" };
export const JONAS: Account = { id: "108914236570011200003", email: "jonas.lindqvist@example.net", name: "Jonas Lindqvist", timeZone: "Europe/Berlin" };
export const PRIYA: Account = { id: "108914236570011200004", email: "priya.raman@northwind.example", name: "Priya Raman", timeZone: "America/New_York" };

/** Colleagues and clients who are only ever invited. */
export const GUESTS = {
  kenji: "kenji.mori@northwind.example",
  sofia: "sofia.almeida@northwind.example",
  tom: "tom.baker@northwind.example",
  lea: "lea.brandt@northwind.example",
  halden: "ingrid.moe@halden.example",
  orchard: "p.castellano@orchard.example",
} as const;

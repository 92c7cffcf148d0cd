/** Somebody who has an account at a provider. */
export interface Account {
  /** Opaque and numeric, as in the `sub` of an ID token. */
  id: string;
  email: string;
  name: string;
  /** IANA id. */
  timeZone: string;
}

/** The accounts that exist; they never change while the sandbox runs. */
export interface Accounts {
  all(): readonly Account[];
  byId(id: string): Account | undefined;
  byEmail(email: string): Account | undefined;
}

export function createAccounts(accounts: readonly Account[]): Accounts {
  const ids = new Map(accounts.map((account) => [account.id, account]));
  const emails = new Map(accounts.map((account) => [account.email.toLowerCase(), account]));
  return { all: () => accounts, byId: (id) => ids.get(id), byEmail: (email) => emails.get(email.toLowerCase()) };
}

/** Installs what is missing where that can be done without asking, and returns what is still missing. */
export function provideTools(names: readonly ("radicale" | "sabre/dav" | "chromium")[]): Promise<string[]>;

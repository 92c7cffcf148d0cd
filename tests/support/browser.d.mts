export function findBrowser(): Promise<string | undefined>;
export const quietBrowser: string[];

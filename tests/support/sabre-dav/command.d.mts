export const sabreDavPackages: readonly string[];
export function findSabreDav(): string | undefined;

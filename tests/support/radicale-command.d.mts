export function findRadicale(): string[] | undefined;

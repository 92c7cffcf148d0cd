export function requireNode(version: string, say?: (text: string) => void): boolean;

/**
 * Reads the text of a `.env` file: `NAME=value` lines, an optional `export`, values bare, in single quotes
 * (taken as they are) or in double quotes (`\n` is a line end). A bare value ends at ` #`. Lines of any
 * other shape are skipped. Of a name given twice the last line counts.
 */
export function parseEnvFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] === undefined) continue;
    values[match[1]] = unquote(match[2] ?? "");
  }
  return values;
}

function unquote(text: string): string {
  const quoted = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)")(?:\s*#.*)?$/.exec(text);
  if (quoted?.[1] !== undefined) return quoted[1];
  if (quoted?.[2] !== undefined) return quoted[2].replaceAll("\\n", "\n").replaceAll('\\"', '"');
  return text.replace(/(?:^|\s+)#.*$/, "");
}

/**
 * The value of an `Authorization: Basic` header (RFC 7617, UTF-8). Null when the user name contains a colon, or
 * either part a control character: the header could then mean something else than what was typed.
 */
export function basicAuthorization(username: string, password: string): string | null {
  if (username.includes(":") || hasControl(username) || hasControl(password)) return null;
  let binary = "";
  for (const byte of new TextEncoder().encode(`${username}:${password}`)) binary += String.fromCharCode(byte);
  return `Basic ${btoa(binary)}`;
}

function hasControl(text: string): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20 || code === 0x7f;
  });
}

/** Everything that connecting to or reading from a CalDAV server can fail with. */
export type FailureCode =
  | "address_invalid"
  | "address_forbidden"
  | "host_not_found"
  | "connection_refused"
  | "host_unreachable"
  | "certificate_untrusted"
  | "certificate_expired"
  | "certificate_for_other_host"
  | "tls_failed"
  | "timed_out"
  | "network_failed"
  | "redirect_off_site"
  | "not_caldav"
  | "wrong_password"
  | "app_password_needed"
  | "username_invalid"
  | "login_method_unsupported"
  | "forbidden"
  | "no_calendars"
  | "calendar_gone"
  | "rate_limited"
  | "server_error"
  | "listing_failed"
  | "answer_too_large";

/** The field of the connection form that a failure is about. */
export type FailureField = "serverUrl" | "username" | "password" | null;

interface FailureText {
  /** What is wrong. `{host}` and `{status}` are filled in. */
  message: string;
  /** What the user can do about it. */
  action: string;
  field: FailureField;
}

/** The one place where failures get their words. No text contains a secret, a path or an event. */
export const FAILURES: Readonly<Record<FailureCode, FailureText>> = {
  address_invalid: {
    message: "This is not a server address.",
    action: "Enter it like caldav.example.com or https://example.com/dav/, without user name or password in it.",
    field: "serverUrl",
  },
  address_forbidden: {
    message: "LinearTime does not connect to {host}: it is a private or reserved address, or not encrypted.",
    action: "Use the server’s public https address. For a server in your own network, the operator can set ALLOW_PRIVATE_ADDRESSES=1.",
    field: "serverUrl",
  },
  host_not_found: {
    message: "There is no server named {host}.",
    action: "Check the address for typing errors.",
    field: "serverUrl",
  },
  connection_refused: {
    message: "{host} does not accept connections on this port.",
    action: "Check the port in the address, and that the calendar server is running.",
    field: "serverUrl",
  },
  host_unreachable: {
    message: "{host} cannot be reached from here.",
    action: "Check that the server is online and not only reachable inside another network.",
    field: "serverUrl",
  },
  certificate_untrusted: {
    message: "{host} shows a certificate that no known authority has signed, so it could be anybody’s.",
    action: "Have the server’s administrator install one from a public authority. For a server of your own, the operator of LinearTime can set NODE_EXTRA_CA_CERTS to its authority’s file.",
    field: "serverUrl",
  },
  certificate_expired: {
    message: "The certificate of {host} is out of date.",
    action: "Ask the server’s administrator to renew it, then try again.",
    field: "serverUrl",
  },
  certificate_for_other_host: {
    message: "The certificate of {host} was made for another name.",
    action: "Enter the server’s name as its certificate has it; often that is the one in your provider’s help pages.",
    field: "serverUrl",
  },
  tls_failed: {
    message: "A secure connection to {host} could not be made.",
    action: "Check the port; if the server has no encryption at all, its administrator should switch it on.",
    field: "serverUrl",
  },
  timed_out: {
    message: "{host} took too long to answer.",
    action: "Try again in a few minutes; if it stays like this, check the address and port.",
    field: null,
  },
  network_failed: {
    message: "The connection to {host} was cut off before it had answered.",
    action: "Try again; if it stays like this, check that the address starts with the right http or https.",
    field: null,
  },
  redirect_off_site: {
    message: "{host} passes us on to another site, and your password is not sent there.",
    action: "Enter the address of the final server, if you trust it.",
    field: "serverUrl",
  },
  not_caldav: {
    message: "{host} answers, but not as a calendar server.",
    action: "Look up the CalDAV address in your provider’s help pages; it often has a path such as /dav/ or /remote.php/dav.",
    field: "serverUrl",
  },
  wrong_password: {
    message: "{host} does not accept this user name and password.",
    action: "Check both. If you use two-factor sign-in, create an app password and use that.",
    field: "password",
  },
  app_password_needed: {
    message: "{host} does not accept your normal password here.",
    action: "Create an app-specific password at {passwordPage} and use it instead.",
    field: "password",
  },
  username_invalid: {
    message: "The user name or password contains a character that cannot be sent.",
    action: "A user name cannot contain a colon; neither can contain line breaks.",
    field: "username",
  },
  login_method_unsupported: {
    message: "{host} wants a kind of sign-in that LinearTime does not know.",
    action: "Ask the server’s administrator to allow Basic or Digest authentication over https.",
    field: null,
  },
  forbidden: {
    message: "{host} knows you, but does not let you read this.",
    action: "Ask the owner or administrator for access, or choose another calendar.",
    field: null,
  },
  no_calendars: {
    message: "{host} has no calendar for events in this account.",
    action: "Create one in your calendar app, or check that this is the right account.",
    field: null,
  },
  calendar_gone: {
    message: "This calendar no longer exists on {host}.",
    action: "Remove it here, or restore it on the server.",
    field: null,
  },
  rate_limited: {
    message: "{host} asks us to slow down.",
    action: "Nothing to do: we try again when it allows.",
    field: null,
  },
  server_error: {
    message: "{host} reports a problem of its own (HTTP {status}).",
    action: "Try again in a few minutes; if it stays like this, tell the server’s administrator.",
    field: null,
  },
  listing_failed: {
    message: "{host} cannot list this calendar (HTTP {status}); most likely one object in it is broken.",
    action: "Events that are already here stay up to date. To see new ones, have the server’s administrator repair the calendar.",
    field: null,
  },
  answer_too_large: {
    message: "{host} sent more than LinearTime accepts at once.",
    action: "Split the calendar, or move old events to another one.",
    field: null,
  },
};

/** Services that take app-specific passwords only, by the end of their host names. */
const APP_PASSWORD_PAGES: readonly { host: string; page: string }[] = [
  { host: "icloud.com", page: "https://account.apple.com" },
  { host: "me.com", page: "https://account.apple.com" },
  { host: "fastmail.com", page: "https://app.fastmail.com/settings/security" },
  { host: "yahoo.com", page: "https://login.yahoo.com/account/security" },
  { host: "yandex.com", page: "https://id.yandex.com/security/app-passwords" },
  { host: "yandex.ru", page: "https://id.yandex.ru/security/app-passwords" },
];

/** Where to make an app-specific password for this host; null where the normal one may work. */
export function appPasswordPage(host: string): string | null {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  return APP_PASSWORD_PAGES.find((entry) => name === entry.host || name.endsWith(`.${entry.host}`))?.page ?? null;
}

/** The words for a failure at `host` (`name` or `name:port`). */
export function describeFailure(code: FailureCode, host: string, status: number | null): FailureText {
  const { message, action, field } = FAILURES[code];
  const fill = (text: string) =>
    text
      .replaceAll("{host}", host === "" ? "The server" : host)
      .replaceAll("{status}", String(status ?? "error"))
      .replaceAll("{passwordPage}", appPasswordPage(host) ?? "your provider’s security settings");
  return { message: fill(message), action: fill(action), field };
}

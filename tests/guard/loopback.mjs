import { isIP } from "node:net";

/**
 * Whether an address or a name can only mean this machine. No host at all means localhost to Node.
 * @param {string | undefined | null} host
 */
export function isLoopback(host) {
  if (host === undefined || host === null || host === "") return true;
  const bare = String(host).replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(bare) === 4) return bare.startsWith("127.");
  if (isIP(bare) === 6) return bare === "::1" || /^::ffff:127\.\d+\.\d+\.\d+$/.test(bare) || /^::ffff:7f[0-9a-f]{2}:/.test(bare);
  return bare === "localhost";
}

/**
 * Whether a name can never exist (RFC 6761, section 6.4): the guard gives the answer that every resolver
 * must give, without asking one.
 * @param {unknown} host
 */
export const cannotExist = (host) => typeof host === "string" && /(?:^|\.)invalid\.?$/i.test(host);

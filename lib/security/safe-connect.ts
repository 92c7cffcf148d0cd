import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { Agent, buildConnector } from "undici";
import { type AddressPolicy, checkAddress } from "./addresses";
import { NetworkError } from "./network-error";

/** All addresses of a host name. Rejects as `dns.lookup` does. */
export type Resolver = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

const resolveWithSystem: Resolver = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/**
 * An agent that connects only where `policy` allows. A name is resolved once, every address it has is checked
 * (one forbidden address spoils the name), and the socket goes to one of those very addresses: an answer that
 * changes afterwards changes nothing. Addresses in the URL itself are checked as well, as they are not looked up.
 */
export function safeAgent(policy: AddressPolicy, connectTimeoutMs: number, resolve: Resolver = resolveWithSystem): Agent {
  const connectors = new Map<number, buildConnector.connector>();
  const connectorFor = (port: number): buildConnector.connector => {
    const known = connectors.get(port);
    if (known !== undefined) return known;
    const made = buildConnector({ timeout: connectTimeoutMs, lookup: checkedLookup(port, policy, resolve) });
    connectors.set(port, made);
    return made;
  };
  return new Agent({
    connect: (options, callback) => {
      const port = options.port !== "" ? Number(options.port) : options.protocol === "https:" ? 443 : 80;
      if (isIP(options.hostname) !== 0) {
        const problem = forbidden(options.hostname, port, policy);
        if (problem !== null) {
          callback(problem, null);
          return;
        }
      }
      connectorFor(port)(options, callback);
    },
  });
}

function checkedLookup(port: number, policy: AddressPolicy, resolve: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    const answer = async (): Promise<readonly { address: string; family: number }[]> => {
      const addresses = await resolve(hostname);
      for (const { address } of addresses) {
        const problem = forbidden(address, port, policy);
        if (problem !== null) throw problem;
      }
      const usable = addresses.filter(({ family }) => !options.family || options.family === family);
      if (usable.length === 0) throw new NetworkError("host_not_found", "The host name has no address");
      return usable;
    };
    answer().then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first?.address ?? "", first?.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error("look-up failed"), ""),
    );
  };
}

function forbidden(address: string, port: number, policy: AddressPolicy): NetworkError | null {
  const verdict = checkAddress(address, port, policy, ownAddresses());
  return verdict.allowed ? null : new NetworkError("address_forbidden", `The server's address ${verdict.reason}`);
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
}

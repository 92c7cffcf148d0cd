// Preloaded into every process of a test run (NODE_OPTIONS): nothing but this machine can be reached. Each
// attempt to leave it fails and is recorded, also when the caller hides the error.
import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { cannotExist, isLoopback } from "./loopback.mjs";
import { notFound, refusal } from "./record.mjs";

const refuse = (kind, target) => (cannotExist(target) ? notFound(target) : refusal(kind, target));

/** The options of Socket.connect, whose arguments come in four forms. */
function connectOptions(args) {
  const [first, second] = args;
  if (Array.isArray(first)) return first[0] ?? {};
  if (typeof first === "object" && first !== null) return first;
  if (typeof first === "string" && !/^\d+$/.test(first)) return { path: first };
  return { port: first, host: typeof second === "string" ? second : undefined };
}

/** A lookup of the caller's own: what it finds must be on this machine. */
const checkedLookup = (lookup) => (hostname, options, callback) =>
  lookup(hostname, options, (error, found, family) => {
    const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
    const outside = error ? undefined : addresses.find((address) => !isLoopback(address));
    if (outside === undefined) callback(error, found, family);
    else callback(refuse("connect", outside));
  });

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function guardedConnect(...args) {
  const options = connectOptions(args);
  // A name is judged by what it is looked up to be.
  if (options.path || isLoopback(options.host) || !net.isIP(options.host)) {
    if (typeof options.lookup === "function") options.lookup = checkedLookup(options.lookup);
    return connect.apply(this, args);
  }
  const error = refuse("connect", `${options.host}:${options.port}`);
  process.nextTick(() => this.destroy(error));
  return this;
};

const { lookup } = dns;
dns.lookup = function guardedLookup(hostname, ...rest) {
  if (isLoopback(hostname) || net.isIP(hostname)) return lookup.call(this, hostname, ...rest);
  const callback = rest.at(-1);
  const error = refuse("lookup", hostname);
  process.nextTick(() => callback(error));
  return {};
};
const lookupPromise = dns.promises.lookup;
dns.promises.lookup = async function guardedLookupPromise(hostname, ...rest) {
  if (isLoopback(hostname) || net.isIP(hostname)) return lookupPromise.call(this, hostname, ...rest);
  throw refuse("lookup", hostname);
};

// Everything else in node:dns asks a name server, whatever the name.
const asks = /^(?:resolve|reverse|lookupService)/;
for (const holder of [dns, dns.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(holder).filter((each) => asks.test(each))) {
    holder[name] = (target, ...rest) => {
      const error = refuse("lookup", target);
      process.nextTick(() => rest.at(-1)(error));
      return {};
    };
  }
}
for (const holder of [dns.promises, dns.promises.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(holder).filter((each) => asks.test(each))) {
    holder[name] = async (target) => {
      throw refuse("lookup", target);
    };
  }
}

const { send, connect: connectDatagrams } = dgram.Socket.prototype;
dgram.Socket.prototype.send = function guardedSend(...args) {
  const address = args.slice(1).find((each) => typeof each === "string");
  if (isLoopback(address)) return send.apply(this, args);
  throw refuse("datagram", address);
};
dgram.Socket.prototype.connect = function guardedDatagramConnect(port, address, ...rest) {
  if (isLoopback(typeof address === "string" ? address : undefined)) return connectDatagrams.call(this, port, address, ...rest);
  throw refuse("datagram", address);
};

syncBuiltinESMExports();

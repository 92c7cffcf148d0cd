/** Preloaded into the CLI under test: refuses every connection that would leave this machine, and says so. */
import dns from "node:dns";
import net from "node:net";

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;
const refuse = (host) => {
  process.stderr.write(`GUARD refused ${host}\n`);
  return new Error(`Not a loopback address: ${host}`);
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const host = typeof options === "object" && options !== null ? options.host : undefined;
  if (host !== undefined && !LOOPBACK.test(host)) {
    process.nextTick(() => this.destroy(refuse(host)));
    return this;
  }
  return connect.apply(this, args);
};

const { lookup } = dns;
dns.lookup = (host, ...rest) => {
  if (LOOPBACK.test(host)) return lookup(host, ...rest);
  const callback = rest.at(-1);
  process.nextTick(() => callback(refuse(host)));
};

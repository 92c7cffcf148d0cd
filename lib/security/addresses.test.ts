import { describe, expect, it } from "vitest";
import { checkAddress } from "./addresses";

const strict = { allowPrivate: false, ownPorts: [3000] };
const open = { allowPrivate: true, ownPorts: [3000] };

const NEVER = [
  "169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fd20:ce::254", "168.63.129.16", "100.100.100.200", "192.0.0.192",
  "fe80::1", "0.0.0.0", "::", "255.255.255.255", "224.0.0.1", "ff02::1", "240.0.0.1", "192.0.2.1", "198.18.0.1", "fec0::1",
  "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::", "2001:0:1::1", "2001:db8::1", "100::1",
  "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "::a9fe:a9fe", "::ffff:100.100.100.200", "not an address", "",
];
const PRIVATE = [
  "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "::1", "fd12::1",
  "::ffff:127.0.0.1", "::ffff:7f00:1", "::7f00:1", "::ffff:10.0.0.1",
];
const PUBLIC = ["8.8.8.8", "17.248.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "::808:808", "172.32.0.1"];

describe("addresses", () => {
  it.each(NEVER)("%s is never called", (ip) => {
    expect(checkAddress(ip, 443, strict).allowed).toBe(false);
    expect(checkAddress(ip, 443, open).allowed).toBe(false);
  });

  it.each(PRIVATE)("%s is called only where private addresses are allowed", (ip) => {
    expect(checkAddress(ip, 443, strict).allowed).toBe(false);
    expect(checkAddress(ip, 443, open).allowed).toBe(true);
  });

  it.each(PUBLIC)("%s is called", (ip) => {
    expect(checkAddress(ip, 443, strict).allowed).toBe(true);
  });

  it.each(["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1", "::7f00:1"])("%s never leads to our own port", (ip) => {
    expect(checkAddress(ip, 3000, open)).toEqual({ allowed: false, reason: "is LinearTime itself" });
    expect(checkAddress(ip, 3001, open).allowed).toBe(true);
  });

  it("counts this machine's other addresses as our own", () => {
    expect(checkAddress("192.168.1.5", 3000, open, ["192.168.1.5"]).allowed).toBe(false);
    expect(checkAddress("8.8.4.4", 3000, open, ["::ffff:8.8.4.4"]).allowed).toBe(false);
    expect(checkAddress("192.168.1.6", 3000, open, ["192.168.1.5"]).allowed).toBe(true);
  });
});

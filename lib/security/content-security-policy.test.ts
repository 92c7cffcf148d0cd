import { expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

const facts = { nonce: "n", convexUrl: "https://happy.convex.cloud", clerkHost: null, development: false };

it("allows this site and Convex, and nothing of Clerk, with local accounts", () => {
  const policy = contentSecurityPolicy(facts);
  expect(policy).toContain("connect-src 'self' https://happy.convex.cloud wss://happy.convex.cloud;");
  expect(policy).toContain("script-src 'self' 'nonce-n' 'strict-dynamic';");
  expect(policy).not.toMatch(/clerk|cloudflare|blob:|unsafe-eval/);
});

it("allows the instance, its pictures and its bot check where Clerk signs people in", () => {
  const policy = contentSecurityPolicy({ ...facts, clerkHost: "clerk.example.com" });
  expect(policy).toContain("connect-src 'self' https://happy.convex.cloud wss://happy.convex.cloud https://clerk.example.com;");
  expect(policy).toContain("script-src 'self' 'nonce-n' 'strict-dynamic' https://clerk.example.com;");
  expect(policy).toContain("img-src 'self' data: https://img.clerk.com;");
  expect(policy).toContain("frame-src 'self' https://challenges.cloudflare.com");
  expect(policy).not.toContain("unsafe-eval");
});

it("speaks to the embedded backend over plain http and ws", () => {
  expect(contentSecurityPolicy({ ...facts, convexUrl: "http://127.0.0.1:3210" })).toContain(
    "connect-src 'self' http://127.0.0.1:3210 ws://127.0.0.1:3210;",
  );
});

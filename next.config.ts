import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // What a provider sends a browser back with is nobody's to read in a log.
  logging: { incomingRequests: { ignore: [/^\/api\/oauth\//] } },
  // It would ask a package registry about its own version at each build, and as soon as a page is open.
  experimental: { agentUpgrade: false },
  turbopack: { root: import.meta.dirname },
  // npm test checks the types of everything; a start should not wait for that.
  typescript: { ignoreBuildErrors: true },
};

export default config;

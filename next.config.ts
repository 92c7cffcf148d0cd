import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // What a provider sends a browser back with is nobody's to read in a log.
  logging: { incomingRequests: { ignore: [/^\/api\/oauth\//] } },
  turbopack: { root: import.meta.dirname },
  // npm test checks the types of everything; a start should not wait for that.
  typescript: { ignoreBuildErrors: true },
};

export default config;

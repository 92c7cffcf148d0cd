# The web server of LinearTime: docs/deploy.md. A build knows no secret and no address; all of that is environment.
FROM node:20.20-bookworm-slim AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 CLERK_TELEMETRY_DISABLED=1

FROM base AS packages
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM base AS build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY next.config.ts postcss.config.mjs tsconfig.json middleware.ts ./
COPY app app
COPY components components
COPY convex convex
COPY lib lib
COPY local local
COPY public public
RUN npm run build && rm -rf .next/cache

FROM base
ENV NODE_ENV=production
COPY --from=packages /app/node_modules node_modules
COPY --from=build --chown=node:node /app/.next .next
COPY package.json next.config.ts ./
COPY public public
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/sign-in').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "node_modules/next/dist/bin/next", "start", "-H", "0.0.0.0", "-p", "3000"]

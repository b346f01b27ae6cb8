# Any image with a current LTS Node works as the base; a private mirror or a local build is one --build-arg away.
ARG BASE=node:24-trixie-slim

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json tsconfig.web.json ./
COPY scripts/bundle.mjs scripts/bundle.mjs
COPY src src
RUN npm run build \
  && find dist -type f \( -name '*.d.ts' -o -name '*.map' -o -name .tsbuildinfo \) -delete

FROM ${BASE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Types, source maps and modules for bundlers are more than half of it, and Node loads none of them.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && find node_modules -depth \
    \( -type d \( -name dist-es -o -name dist-types \) \
    -o -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) \) \
    -exec rm -rf {} +

FROM ${BASE}
ARG REVISION=unknown
LABEL org.opencontainers.image.title="access-denied-explainer" \
  org.opencontainers.image.description="Explains AWS AccessDenied errors" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="Apache-2.0"
# Nothing is installed at run time, and scanners find package managers' own dependencies.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /usr/local/bin/npx \
  /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg
# A home that is there whatever uid the platform chooses.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 HOME=/app
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE NOTICE openapi.yaml ./
COPY data data
COPY public public
# What V8 compiles at a start, kept for the next ones by the same user on processors like this one; others do without.
RUN install -d -o 10001 dist/bundle/code-cache \
  && EVIDENCE=aws AWS_EC2_METADATA_DISABLED=true HOST=127.0.0.1 PORT=0 LOG_LEVEL=silent node --input-type=module --eval \
  "process.setgid(10001); process.setuid(10001); await import('/app/dist/bundle/main.js'); setTimeout(() => process.kill(process.pid, 'SIGTERM'), 500)" \
  && chown -R 0:0 dist/bundle/code-cache
USER 10001:10001
EXPOSE 8080
# Listening on 0.0.0.0 it asks for API_KEYS_FILE or ALLOW_ANONYMOUS=true. Nothing is written: run it read-only.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/bundle/main.js"]

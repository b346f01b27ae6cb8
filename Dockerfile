# Any image with a current LTS Node works as the base; a private mirror or a local build is one --build-arg away.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json tsconfig.web.json ./
COPY scripts/bundle.mjs scripts/bundle.mjs
COPY src src
RUN npm run build

FROM ${BASE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${BASE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin explainer
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE NOTICE openapi.yaml ./
COPY data data
COPY public public
# What V8 compiles at a start, kept for the next ones by the same user on processors like this one; others do without.
RUN install -d -o 10001 dist/bundle/code-cache \
  && EVIDENCE=aws AWS_EC2_METADATA_DISABLED=true HOST=127.0.0.1 PORT=0 LOG_LEVEL=silent node --input-type=module --eval \
  "process.setuid(10001); await import('/app/dist/bundle/main.js'); setTimeout(() => process.kill(process.pid, 'SIGTERM'), 500)" \
  && chown -R 0:0 dist/bundle/code-cache
USER 10001
EXPOSE 8080
# Listening on 0.0.0.0 it asks for API_KEYS_FILE or ALLOW_ANONYMOUS=true. Nothing is written: run it read-only.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/bundle/main.js"]

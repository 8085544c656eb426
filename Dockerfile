# One image for every process: `serve`, `worker`, `migrate`, `simulator` (docker-compose.yml).
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund && npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=node:node /app /app
USER node
EXPOSE 7001
ENTRYPOINT ["node", "jobs/bin/shigang.js"]
CMD ["serve"]

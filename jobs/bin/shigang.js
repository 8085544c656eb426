#!/usr/bin/env node
// Committed so that npm can link `shigang` at install time, before anything is built.
await import('../dist/cli/main.js').catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('shigang is not built yet: run "npm ci && npm run build" first.');
  process.exit(1);
});

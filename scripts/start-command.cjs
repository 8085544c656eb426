// Apart from start.cjs because `import()` is a syntax error for the Node versions that start.cjs turns away.
const { resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

/** Runs scripts/NAME.mjs in this process; its own arguments start at process.argv[3]. */
module.exports = function start(name) {
  return import(pathToFileURL(resolve(__dirname, `${name}.mjs`)).href);
};

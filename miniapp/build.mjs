// Builds everything the browser and the server's renderer need into dist/:
//   client/assets/*   scripts and the desk's style sheets: hashed, immutable, each with .br and .gz beside it
//   client/sw.js      the service worker
//   server/renderer.cjs   renders pages (loaded by the server by its typed face)
//   manifest.json     entries, sizes and the content security policy's hashes
// `--if-stale` does nothing when the sources are those of the last build.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { bundle } from 'lightningcss';
import { build, defaultClientConditions, defaultServerConditions } from 'vite';

// Vite takes another value (jest sets `test`) for development and writes JSX that React's production build does not know.
process.env.NODE_ENV = 'production';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');
// Built aside and moved into place at the end: two builds at once, or a test beside a build, never see half of one.
const aside = path.join(dist, `.build-${process.pid}`);
const client = path.join(aside, 'client');
const BROWSERS = ['chrome87', 'safari14'];
const CSS_TARGETS = { chrome: 87 << 16, safari: 14 << 16 };
/** Staff pages are Preact without the compatibility layer: only the JSX runtime is exchanged. */
const PREACT = [{ find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' }];
/** Every supported WebView has Promise; the SDK requires its own only where there is none. */
const NATIVE_PROMISE = [{ find: 'promise-polyfill/dist/polyfill', replacement: '\0native-promise' }];
const emptyModule = {
  name: 'native-promise',
  resolveId: (id) => (id === '\0native-promise' ? id : null),
  load: (id) => (id === '\0native-promise' ? '' : null),
};

const PRELOAD = '\0vite/preload-helper.js';
/** Vite wraps dynamic imports in a helper of its own (0.9 KB gz); what stands here instead is all that is needed of it. */
const loading = (helper) => ({
  name: 'loading',
  enforce: 'pre',
  load: (id) => (id === PRELOAD ? helper : null),
});
/** Staff pages carry their styles in the document. */
const PLAIN_IMPORT = 'export const __vitePreload = (load) => load()';
/** A screen of the desk is drawn when its style sheet is there: nothing is seen half dressed. */
const STYLED_IMPORT = `
const asked = new Map();
const styled = (file) => new Promise((resolve, reject) => {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = '/' + file;
  link.onload = resolve;
  link.onerror = () => { asked.delete(file); link.remove(); reject(new Error(file)); };
  document.head.append(link);
});
const once = (file) => asked.get(file) ?? (asked.set(file, styled(file)), asked.get(file));
export const __vitePreload = async (load, files = []) => {
  const [loaded] = await Promise.all([load(), ...files.map(once)]);
  return loaded;
};`;

const base = {
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  appType: 'custom',
};
const output = (outDir) => ({
  outDir,
  emptyOutDir: false,
  target: BROWSERS,
  cssTarget: BROWSERS,
  cssMinify: 'lightningcss',
  modulePreload: false,
  manifest: false,
  minify: 'oxc',
  reportCompressedSize: false,
});

const sha256 = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** One stylesheet, minified, to be inlined. */
function stylesheet(name) {
  const { code } = bundle({
    filename: path.join(root, 'src/entries', name),
    minify: true,
    targets: CSS_TARGETS,
  });
  return code.toString();
}

/** Imports the app after the first paint, so that no script competes with the content. */
const LOADER =
  '(function(d){var a=d.getElementById("root").dataset.app;' +
  'requestAnimationFrame(function(){setTimeout(function(){import(a)})})})(document)';

async function buildClient(entries, { alias, helper }) {
  const result = await build({
    ...base,
    base: '/',
    plugins: [emptyModule, loading(helper)],
    resolve: {
      alias: [...alias, ...NATIVE_PROMISE],
      // Another dependency hoists an older React beside the libraries that the desk uses.
      dedupe: ['react', 'react-dom'],
      conditions: ['shigang-source', ...defaultClientConditions],
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ...output(client),
      rollupOptions: {
        input: Object.fromEntries(
          entries.map(([name, file]) => [name, path.join(root, 'src/entries', file)]),
        ),
        output: {
          entryFileNames: 'assets/[name]-[hash].js',
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          // React changes less often than the desk: apart, it stays in the cache.
          codeSplitting: { groups: [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// }] },
        },
        // React libraries mark modules for a server that is not used here.
        onwarn: (warning, warn) => {
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
        },
        preserveEntrySignatures: 'strict',
      },
    },
  });
  return [result]
    .flat()
    .flatMap((one) => one.output)
    .filter((chunk) => chunk.type === 'chunk');
}

async function buildWorker() {
  await build({
    ...base,
    build: {
      ...output(client),
      rollupOptions: {
        input: path.join(root, 'src/entries/sw.ts'),
        output: { entryFileNames: 'sw.js', format: 'iife' },
      },
    },
  });
}

async function buildRenderer(BUILD) {
  await build({
    ...base,
    resolve: { alias: PREACT, conditions: ['shigang-source', ...defaultServerConditions] },
    ssr: { noExternal: true, resolve: { conditions: ['shigang-source', ...defaultServerConditions] } },
    define: { BUILD: JSON.stringify(BUILD), 'process.env.NODE_ENV': '"production"' },
    build: {
      ...output(path.join(aside, 'server')),
      target: 'node20',
      minify: false,
      ssr: true,
      rollupOptions: {
        input: path.join(root, 'src/entries/renderer.tsx'),
        output: { entryFileNames: 'renderer.cjs', format: 'cjs' },
      },
    },
  });
}

/** An entry and everything it imports statically, entry first. */
function graphOf(chunks, name) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entry = chunks.find((chunk) => chunk.isEntry && chunk.name === name);
  const files = [entry.fileName];
  for (const file of files) {
    for (const imported of byFile.get(file).imports) if (!files.includes(imported)) files.push(imported);
  }
  return files;
}

/** What is loaded when it is needed: a screen of the desk, a staff page that scripts take over. */
const isScreen = (chunk) => chunk.isDynamicEntry && chunk.facadeModuleId?.startsWith(path.join(root, 'src'));
/** Its path below src without ending, e.g. `screens/hr/cycle/screen`. */
const nameOf = (chunk) => path.relative(path.join(root, 'src'), chunk.facadeModuleId).replace(/\.tsx?$/, '');
/** Its own script and style sheets. */
const filesOf = (chunk) => [chunk.fileName, ...(chunk.viteMetadata?.importedCss ?? [])];

/** Writes .br and .gz beside every file of the client and returns their sizes. */
async function compress() {
  const files = (await readdir(client, { recursive: true }))
    .filter((file) => /\.(js|css)$/.test(file))
    .sort();
  const sizes = {};
  for (const file of files) {
    const content = await readFile(path.join(client, file));
    const br = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    const gz = gzipSync(content, { level: 9 });
    await writeFile(path.join(client, `${file}.br`), br);
    await writeFile(path.join(client, `${file}.gz`), gz);
    sizes[file] = { bytes: content.length, brotli: br.length, gzip: gz.length };
  }
  return sizes;
}

async function sourceHash() {
  const hash = createHash('sha256');
  for (const folder of [path.join(root, 'src'), path.join(root, '../shared/src')]) {
    const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(tsx?|css)$/.test(file));
    for (const file of files.filter((name) => !name.includes('.test.')).sort()) {
      hash.update(file).update(await readFile(path.join(folder, file)));
    }
  }
  for (const file of ['build.mjs', '../package-lock.json'])
    hash.update(await readFile(path.join(root, file)));
  return hash.digest('hex');
}

async function lastHash() {
  try {
    return JSON.parse(await readFile(path.join(dist, 'manifest.json'), 'utf8')).source;
  } catch {
    return null;
  }
}

async function main() {
  const source = await sourceHash();
  if (process.argv.includes('--if-stale') && source === (await lastHash())) return;
  await mkdir(path.join(client, 'assets'), { recursive: true });
  const staffCss = stylesheet('staff.css');
  const deskCss = stylesheet('desk.css');
  const staff = await buildClient(
    [
      ['staff', 'staff.ts'],
      ['login', 'login.ts'],
    ],
    { alias: PREACT, helper: PLAIN_IMPORT },
  );
  const desk = await buildClient([['desk', 'desk.tsx']], { alias: [], helper: STYLED_IMPORT });
  await buildWorker();
  const address = (file) => `/${file}`;
  const BUILD = {
    staff: address(graphOf(staff, 'staff')[0]),
    desk: address(graphOf(desk, 'desk')[0]),
    login: graphOf(staff, 'login').map(address),
    staffCss,
    deskCss,
    loader: LOADER,
    scriptHashes: [sha256(LOADER)],
    styleHashes: [sha256(staffCss), sha256(deskCss)],
  };
  await buildRenderer(BUILD);
  const manifest = {
    source,
    entries: {
      staff: graphOf(staff, 'staff'),
      login: graphOf(staff, 'login'),
      desk: graphOf(desk, 'desk'),
    },
    screens: Object.fromEntries(
      [...staff, ...desk].filter(isScreen).map((chunk) => [nameOf(chunk), filesOf(chunk)]),
    ),
    files: await compress(),
    styles: { staff: Buffer.byteLength(staffCss), desk: Buffer.byteLength(deskCss) },
  };
  await writeFile(path.join(aside, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await moveIntoPlace();
}

/** The manifest goes first and comes last: without it a build counts as stale. */
async function moveIntoPlace() {
  const old = path.join(aside, 'old');
  await mkdir(old);
  await rm(path.join(dist, 'manifest.json'), { force: true });
  for (const part of ['client', 'server', 'manifest.json']) {
    await rename(path.join(dist, part), path.join(old, part)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(path.join(aside, part), path.join(dist, part));
  }
}

try {
  await main();
} finally {
  await rm(aside, { recursive: true, force: true });
}

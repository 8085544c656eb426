import { createRequire } from 'node:module';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shigang/shared';
import type { Renderer } from './renderer-face.ts';

/** A built file with its compressed twins, held in memory: all of them together are below two megabytes. */
interface Asset {
  readonly plain: Buffer;
  readonly br: Buffer | null;
  readonly gz: Buffer | null;
}

/** The mini-app as `npm run build` left it. */
export interface MiniappBuild {
  readonly renderer: Renderer;
  /** By address below `/`, e.g. `assets/staff-….js`, `sw.js`. */
  readonly assets: ReadonlyMap<string, Asset>;
}

/** Loads the built renderer and every client file. @throws AppError miniapp.not_built */
export async function loadMiniapp(distPath: string): Promise<MiniappBuild> {
  try {
    const require = createRequire(path.join(distPath, 'server', 'loader.cjs'));
    const { renderer } = require('./renderer.cjs') as { renderer: Renderer };
    return { renderer, assets: await readAssets(path.join(distPath, 'client')) };
  } catch (cause) {
    throw new AppError('miniapp.not_built', {}, { cause });
  }
}

async function readAssets(folder: string): Promise<Map<string, Asset>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  const all = new Set(names);
  const read = (name: string): Promise<Buffer | null> =>
    all.has(name) ? readFile(path.join(folder, name)) : Promise.resolve(null);
  const assets = new Map<string, Asset>();
  for (const name of names.filter((one) => !/\.(br|gz)$/.test(one))) {
    assets.set(name, {
      plain: await readFile(path.join(folder, name)),
      br: await read(`${name}.br`),
      gz: await read(`${name}.gz`),
    });
  }
  return assets;
}

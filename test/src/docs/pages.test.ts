import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { errorCatalogue, importColumns, importIssueTexts, importKinds } from '@shigang/shared';
import { settingNames } from '../../../server/src/modules/settings/definitions.ts';

const ROOT = join(__dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Files and folders below the root that the repository holds, with `/` between the parts. */
const files = walk('');
const pages = files.filter((path) =>
  /^(docs\/[^/]+|[^/]+|test\/simulator\/README|miniapp\/README)\.md$/.test(path),
);
const sources = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path) && path !== relative(ROOT, __filename));

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (/^(node_modules|dist|coverage|\.git|\.local)$/.test(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? [path, ...walk(path)] : [path];
  });
}

/** `<kind>` stands for any name: one like it must exist already. */
const isThere = (path: string): boolean => {
  const parts = path.replace(/\/$/, '').split(/<[^>]+>/);
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]+');
  return files.some((file) => new RegExp(`^${pattern}$`).test(file));
};

describe('formats and codes', () => {
  const formats = read('docs/formats.md');

  test.each(importKinds)('every column of %s is described, in its two names', (kind) => {
    const row = formats.split('\n').find((line) => line.startsWith(`| \`${kind}\``)) ?? '';
    const missing = importColumns[kind]
      .map(({ name, title, required }) => `\`${name}${required ? '*' : ''}\` ${title}`)
      .filter((column) => !row.includes(column));
    expect(missing).toEqual([]);
  });

  test('every code of an import is described', () => {
    const page = read('docs/imports.md');
    const codes = [
      ...Object.keys(importIssueTexts),
      ...Object.keys(errorCatalogue).filter((code) => code.startsWith('import.')),
    ];
    const left = codes.filter((code) => code !== 'import.template_unwritable');
    expect(left.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });

  test('every setting is described', () => {
    const page = read('docs/settings.md');
    expect(settingNames.filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
  });
});

describe('pages', () => {
  test('every link within the repository leads somewhere', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target]) => join(dirname(page), target ?? ''))
        .filter((target) => !existsSync(join(ROOT, target)))
        .map((target) => `${page} → ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('no comment cites a page or a section that is not here', () => {
    const missing = sources.flatMap((path) => {
      const text = read(path);
      const outside = /\(?spec "/.test(text) ? [`${path}: a specification outside the repository`] : [];
      const cited = [...text.matchAll(/docs\/([a-z-]+\.md)(?: §([\d.]+\d|\d))?/g)].flatMap(
        ([, page, section]) => {
          const file = `docs/${page ?? ''}`;
          if (!existsSync(join(ROOT, file))) return [`${path}: ${file}`];
          if (section === undefined) return [];
          const heading = new RegExp(`^#+ §${section.replace('.', '\\.')} `, 'm');
          return heading.test(read(file)) ? [] : [`${path}: ${file} §${section}`];
        },
      );
      return [...outside, ...cited];
    });
    expect(missing).toEqual([]);
  });
});

describe('docs/changes.md', () => {
  const recipes = read('docs/changes.md')
    .split(/^## /m)
    .slice(1)
    .map((part) => ({ title: part.split('\n')[0] ?? '', steps: part.match(/^\d+\. .*$/gm) ?? [] }));

  test.each(recipes)('$title: at most six files, in order, each of them there', ({ steps }) => {
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThanOrEqual(6);
    const named = steps.map((step) => /`([^`]+)`/.exec(step)?.[1] ?? '');
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });
});

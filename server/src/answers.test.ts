import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { dataRoutes, signInRoutes } from './api.ts';
import type { App } from './app.ts';
import { openApiDocument } from './platform/http/openapi.ts';

interface Schema {
  properties?: Record<string, { anyOf?: { type?: string }[] }>;
  required?: string[];
}

/** Declaring routes calls nothing: no part of the house has to stand. */
const nowhere = { modules: {} } as App;
const routes = [...signInRoutes(nowhere, () => Promise.resolve(null)), ...dataRoutes(nowhere)];
const document = openApiDocument(routes, '1') as {
  paths: Record<string, Record<string, { responses: Record<string, object> }>>;
  components: { schemas: Record<string, Schema> };
};
const { schemas } = document.components;

/** Names of the schemas that an object refers to, and what those refer to. */
function reached(from: object, known = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(from).matchAll(/#\/components\/schemas\/(\w+)/g)) {
    if (known.has(name)) continue;
    known.add(name);
    reached(schemas[name] ?? {}, known);
  }
  return known;
}
const answered = [...reached(routes.map(({ contract }) => responsesOf(contract)))].sort();

function responsesOf({ path: at, method }: { path: string; method: string }): object {
  return document.paths[`/api/v1${at}`]?.[method.toLowerCase()]?.responses ?? {};
}

interface Field {
  readonly isOptional: boolean;
  readonly mayBeNull: boolean;
}

/** The types of shared/src/answers with their fields, as the compiler sees them. */
const types = readTypes(path.resolve(import.meta.dirname, '../../shared/src/answers/index.ts'));

function readTypes(file: string): Map<string, Map<string, Field>> {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const face = source && checker.getSymbolAtLocation(source);
  if (!face) throw new Error(`${file} exports nothing`);
  return new Map(
    checker.getExportsOfModule(face).map((symbol) => {
      const fields = checker.getDeclaredTypeOfSymbol(symbol).getProperties();
      return [symbol.name, new Map(fields.map((field) => [field.name, fieldOf(checker, field)]))];
    }),
  );
}

function fieldOf(checker: ts.TypeChecker, field: ts.Symbol): Field {
  const type = checker.getTypeOfSymbol(field);
  const parts = type.isUnion() ? type.types : [type];
  return {
    isOptional: (field.flags & ts.SymbolFlags.Optional) !== 0,
    mayBeNull: parts.some((part) => (part.flags & ts.TypeFlags.Null) !== 0),
  };
}

/** `class X … implements answers.Y` of every source of the server: X → Y. */
const implementing = new Map(
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(path.join(import.meta.dirname, file), 'utf8');
      return [...text.matchAll(/class (\w+)(?: extends \w+)?\s+implements answers\.(\w+)/g)];
    })
    .map(([, name = '', type = '']) => [name, type]),
);

test('every answer is described with its fields', () => {
  expect(answered).toEqual(expect.arrayContaining(['SessionAnswer', 'HomeAnswer', 'StatementAnswer']));
  expect(answered).toEqual(expect.arrayContaining(['MatchAnswer', 'EvidenceAnswer', 'CycleEvidenceAnswer']));
  expect(answered).toEqual(expect.arrayContaining(['CycleListAnswer', 'CycleAnswer', 'CyclePeopleAnswer']));
  expect(answered).toEqual(expect.arrayContaining(['CyclePersonAnswer', 'DevelopmentAnswer', 'TeamAnswer']));
  expect(answered).toEqual(expect.arrayContaining(['PersonFileAnswer', 'PublishPreview', 'ReplyKept']));
  for (const name of answered) {
    expect([name, Object.keys(schemas[name]?.properties ?? {}).length > 0]).toEqual([name, true]);
  }
});

test('every class of an answer implements the type that the screens read, with the same fields and nulls', () => {
  for (const name of answered) {
    const type = types.get(implementing.get(name) ?? '');
    const properties = schemas[name]?.properties ?? {};
    const described = Object.entries(properties).map(([field, schema]) => [
      field,
      schema.anyOf?.some((part) => part.type === 'null') ?? false,
    ]);
    const declared = [...(type ?? [])].map(([field, { mayBeNull }]) => [field, mayBeNull]);
    expect([name, described.sort()]).toEqual([name, declared.sort()]);
  }
});

test('a field of an answer is never left out', () => {
  for (const name of answered) {
    const { properties = {}, required = [] } = schemas[name] ?? {};
    expect([name, [...required].sort()]).toEqual([name, Object.keys(properties).sort()]);
  }
  const optional = [...types].flatMap(([name, fields]) =>
    [...fields].filter(([, field]) => field.isOptional).map(([field]) => `${name}.${field}`),
  );
  expect(optional.filter((field) => !/^\w+Request\./.test(field))).toEqual([]);
});

test('every body that the screens send is a shared type', () => {
  const bodies = routes.flatMap(({ contract }) => (contract.body ? [contract.body.name] : []));
  expect(bodies.filter((name) => !types.has(implementing.get(name) ?? ''))).toEqual([]);
});

test('every reference in the document leads somewhere', () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
});

test('no two endpoints share method and path, and each is described', () => {
  const keys = routes.map(({ contract }) => `${contract.method} ${contract.path}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { contract } of routes) {
    expect(document.paths[`/api/v1${contract.path}`]?.[contract.method.toLowerCase()]).toBeDefined();
  }
});

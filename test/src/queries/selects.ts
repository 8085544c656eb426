import path from 'node:path';
import ts from 'typescript';
import { rowFields, type RowField } from './row-fields.ts';
import { SqlTexts, Unresolved } from './sql-texts.ts';

/** A `select<Row>(sql, …)` in the source. */
export interface Select {
  /** Where: `server/src/modules/org/managers-of.ts managersOf`, numbered where a function has several. */
  readonly name: string;
  readonly texts: readonly string[];
  /** Fields of the declared row; null where none is declared (`SELECT 1`). */
  readonly fields: readonly RowField[] | null;
}

export interface Selects {
  readonly resolved: readonly Select[];
  /** By name, the part of the SQL that is known only at run time. */
  readonly unresolved: ReadonlyMap<string, string>;
}

/** Every query of `Database.select` and `tx.select` in the sources of these workspaces. */
export function selectsOf(root: string, workspaces: readonly string[]): Selects {
  const configs = workspaces.map((workspace) => configOf(path.join(root, workspace, 'tsconfig.json')));
  const files = configs.flatMap((config) => config.fileNames);
  const program = ts.createProgram(files, { ...configs[0]?.options, ...FROM_SOURCE });
  const checker = program.getTypeChecker();
  const own = new Set(files.map((file) => path.resolve(file)));
  const sources = program.getSourceFiles().filter((source) => own.has(path.resolve(source.fileName)));
  const texts = new SqlTexts(checker, sources);
  const resolved: Select[] = [];
  const unresolved = new Map<string, string>();
  for (const [name, call] of sources.flatMap((source) =>
    named(path.relative(root, source.fileName), source),
  )) {
    const [sql] = call.arguments;
    if (!sql || passesOn(call, sql)) continue;
    try {
      resolved.push({ name, texts: texts.of(sql), fields: rowFields(checker, call) });
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      unresolved.set(name, error.message);
    }
  }
  return { resolved, unresolved };
}

/** Workspaces are read as sources, whatever has been built; only the types of rows are asked for. */
const FROM_SOURCE: ts.CompilerOptions = {
  customConditions: ['shigang-source'],
  allowImportingTsExtensions: true,
  noEmit: true,
  composite: false,
};

function configOf(file: string): ts.ParsedCommandLine {
  const config = ts.getParsedCommandLineOfConfigFile(
    file,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    },
  );
  if (!config) throw new Error(`no such project: ${file}`);
  return config;
}

function selectCalls(source: ts.SourceFile): ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'select'
    )
      calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

/** Called inside another `select`, as a class that hands it on. */
const passesOn = (call: ts.CallExpression, sql: ts.Expression): boolean =>
  ts.isIdentifier(sql) && enclosing(call) === 'select';

function named(file: string, source: ts.SourceFile): [string, ts.CallExpression][] {
  const seen = new Map<string, number>();
  return selectCalls(source).map((call) => {
    const name = `${file} ${enclosing(call)}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return [nth === 1 ? name : `${name} ${nth}`, call];
  });
}

/** Name of the function or method around a node. */
function enclosing(node: ts.Node): string {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if ((ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) && at.name) return at.name.getText();
    if (ts.isVariableDeclaration(at) && ts.isSourceFile(at.parent.parent.parent)) return at.name.getText();
  }
  return 'top';
}

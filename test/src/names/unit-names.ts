import ts from 'typescript';

/** What has a unit: a number whose name ends in one of these words does not say which. */
const MONEY_AND_RATES = [
  ...['amount', 'money', 'price', 'fee', 'bonus', 'commission', 'income', 'payout', 'payment', 'salary'],
  ...['budget', 'refund', 'clawback', 'refunded', 'paid', 'collected', 'clawed'],
  ...['rate', 'share', 'discount', 'percentage'],
  // No units of ours: money is in fen.
  ...['yuan', 'cent'],
];
/** What the match engine counts in hundredths throughout; in an answer the name says so. */
const SCORES = ['score', 'point', 'coverage', 'attainment', 'satisfaction'];

const withoutUnit = new Set(MONEY_AND_RATES);
const withoutUnitInAnswers = new Set([...MONEY_AND_RATES, ...SCORES]);
const ANSWERS = /\/answers\/|\.dto\.ts$/;
const BRAND = /^(Fen|Bp|Hundredths|TenThousandths|Tenths)$/;

/** A name of a source text that the rule refuses, and its line. */
export interface RefusedName {
  readonly name: string;
  readonly line: number;
}

/**
 * Fields, parameters and variables of one source text that are numbers of money or rate and do not end in their unit, and
 * types that are named like a unit. A number is what is stated to be one, alone, in a list or map, or begins as one
 * (`let paid = 0`); what a type is inferred for otherwise is not seen.
 */
export function namesWithoutUnit(path: string, text: string): RefusedName[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const words = ANSWERS.test(path) ? withoutUnitInAnswers : withoutUnit;
  const refused: RefusedName[] = [];
  const look = (node: ts.Node): void => {
    const name = numberName(node) ?? typeName(node);
    if (name && (ts.isTypeAliasDeclaration(node) ? BRAND.test(name.text) : words.has(lastWord(name.text)))) {
      const { line } = source.getLineAndCharacterOfPosition(name.getStart(source));
      refused.push({ name: name.text, line: line + 1 });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return refused;
}

const typeName = (node: ts.Node): ts.Identifier | null =>
  ts.isTypeAliasDeclaration(node) ? node.name : null;

function numberName(node: ts.Node): ts.Identifier | ts.StringLiteral | null {
  if (
    !ts.isPropertySignature(node) &&
    !ts.isPropertyDeclaration(node) &&
    !ts.isParameter(node) &&
    !ts.isVariableDeclaration(node)
  )
    return null;
  if (!ts.isIdentifier(node.name) && !ts.isStringLiteral(node.name)) return null;
  return (node.type ? holdsNumber(node.type) : beginsAsNumber(node)) ? node.name : null;
}

/** `let paid = 0`; a constant with a literal is as often a limit or a factor. */
function beginsAsNumber(node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node) || !node.initializer) return false;
  return (node.parent.flags & ts.NodeFlags.Const) === 0 && ts.isNumericLiteral(node.initializer);
}

/** Whether a type is a number, or holds nothing but numbers under keys; functions and objects name their own numbers. */
function holdsNumber(type: ts.Node): boolean {
  if (type.kind === ts.SyntaxKind.NumberKeyword) return true;
  if (ts.isFunctionTypeNode(type) || ts.isTypeLiteralNode(type)) return false;
  return ts.forEachChild(type, (part) => holdsNumber(part) || undefined) ?? false;
}

/** `shareRates`, `share_rate` → `rate`; a bonus keeps its s. */
function lastWord(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
  return (words.at(-1) ?? '').replace(/(?<!u)s$/, '');
}

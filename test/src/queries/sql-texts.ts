import ts from 'typescript';

/** An expression whose text is known only at run time. */
export class Unresolved extends Error {}

/** Texts per expression: a condition or a table of queries gives several. */
const MAX_TEXTS = 32;

type Bindings = ReadonlyMap<ts.Symbol, readonly string[]>;

/**
 * The texts that an expression of strings can have, worked out from the source: literals, templates, constants, choices,
 * tables of texts and small functions of them. A predicate (`{ sql, params }`) stands as `1 = 1`: it adds no column.
 */
export class SqlTexts {
  readonly #checker: ts.TypeChecker;
  readonly #sources: readonly ts.SourceFile[];

  /** @param sources where calls are looked for that give a parameter its text */
  constructor(checker: ts.TypeChecker, sources: readonly ts.SourceFile[]) {
    this.#checker = checker;
    this.#sources = sources;
  }

  /** @throws Unresolved with the part that is not known */
  of(node: ts.Expression, bound: Bindings = new Map()): readonly string[] {
    if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
    if (ts.isTemplateExpression(node)) return this.#template(node, bound);
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
      return this.of(node.expression, bound);
    if (ts.isConditionalExpression(node))
      return limited([...this.of(node.whenTrue, bound), ...this.of(node.whenFalse, bound)]);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return joined([this.of(node.left, bound), this.of(node.right, bound)], '');
    if (ts.isCallExpression(node)) return this.#call(node, bound);
    return this.#named(node, bound);
  }

  #template(node: ts.TemplateExpression, bound: Bindings): readonly string[] {
    const parts = node.templateSpans.flatMap((span) => [
      this.of(span.expression, bound),
      [span.literal.text],
    ]);
    return joined([[node.head.text], ...parts], '');
  }

  #named(node: ts.Expression, bound: Bindings): readonly string[] {
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'sql' && this.#isPredicate(node.expression))
      return ['1 = 1'];
    const symbol = this.#symbolAt(ts.isElementAccessExpression(node) ? node.expression : node);
    const value = symbol && bound.get(symbol);
    if (value) return value;
    const type = this.#checker.getTypeAtLocation(node);
    const known = literalsOf(type);
    if (known) return known;
    if (type.flags & ts.TypeFlags.Number) return ['1'];
    const declared = symbol?.valueDeclaration;
    if (declared && ts.isParameter(declared)) return this.#given(declared);
    const initial = symbol && constantOf(symbol);
    if (!initial) throw new Unresolved(node.getText());
    return ts.isElementAccessExpression(node) ? this.#entries(initial, bound) : this.of(initial, bound);
  }

  /** What the calls of its function give for a parameter. */
  #given(parameter: ts.ParameterDeclaration): readonly string[] {
    const { parent } = parameter;
    const index = parent.parameters.indexOf(parameter);
    const name = (
      parent.name ?? (ts.isVariableDeclaration(parent.parent) ? parent.parent.name : null)
    )?.getText();
    const texts: string[] = [];
    const visit = (node: ts.Node): void => {
      if (
        ts.isCallExpression(node) &&
        node.expression.getText() === name &&
        this.#checker.getResolvedSignature(node)?.declaration === parent
      ) {
        const argument = node.arguments[index];
        if (argument) texts.push(...this.of(argument));
      }
      ts.forEachChild(node, visit);
    };
    this.#sources.filter((source) => name && source.text.includes(`${name}(`)).forEach(visit);
    if (texts.length === 0) throw new Unresolved(parameter.getText());
    return limited(texts);
  }

  /** Every text of a table `{ kind: 'SELECT …' }`. */
  #entries(table: ts.Expression, bound: Bindings): readonly string[] {
    if (!ts.isObjectLiteralExpression(table)) throw new Unresolved(table.getText());
    return limited(
      table.properties.flatMap((entry) => {
        if (!ts.isPropertyAssignment(entry)) throw new Unresolved(entry.getText());
        return this.of(entry.initializer, bound);
      }),
    );
  }

  #call(node: ts.CallExpression, bound: Bindings): readonly string[] {
    const { expression, arguments: given } = node;
    if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'join')
      return this.#join(expression.expression, given[0], bound);
    if (this.#checker.getTypeAtLocation(node).flags & ts.TypeFlags.Number) return ['1'];
    const declared = this.#checker.getResolvedSignature(node)?.declaration;
    const body = declared && returnedBy(declared);
    if (!declared || !body) throw new Unresolved(node.getText());
    const inside = new Map<ts.Symbol, readonly string[]>();
    declared.parameters.forEach((parameter, index) => {
      const symbol = this.#symbolAt(parameter.name);
      const argument = given[index];
      if (symbol && argument) inside.set(symbol, this.#attempt(argument, bound));
    });
    return this.of(body, inside);
  }

  /** An argument that is no text matters only where it is used as one. */
  #attempt(argument: ts.Expression, bound: Bindings): readonly string[] {
    try {
      return this.of(argument, bound);
    } catch (error) {
      if (error instanceof Unresolved) return [];
      throw error;
    }
  }

  #join(list: ts.Expression, mark: ts.Expression | undefined, bound: Bindings): readonly string[] {
    const symbol = this.#symbolAt(list);
    const literal = unwrapped((symbol && constantOf(symbol)) ?? list);
    if (!ts.isArrayLiteralExpression(literal)) throw new Unresolved(list.getText());
    const between = mark ? this.of(mark, bound)[0] : ',';
    return joined(
      literal.elements.map((element) => this.of(element, bound)),
      between ?? ',',
    );
  }

  #isPredicate(node: ts.Expression): boolean {
    const type = this.#checker.getTypeAtLocation(node);
    return type.getProperty('params') !== undefined;
  }

  #symbolAt(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.#checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }
}

function limited(texts: readonly string[]): readonly string[] {
  if (texts.length > MAX_TEXTS) throw new Unresolved(`more than ${MAX_TEXTS} texts`);
  return texts;
}

const joined = (parts: readonly (readonly string[])[], between: string): readonly string[] =>
  parts.reduce<readonly string[]>(
    (texts, part, index) =>
      limited(texts.flatMap((text) => part.map((next) => (index === 0 ? next : text + between + next)))),
    [''],
  );

function literalsOf(type: ts.Type): readonly string[] | null {
  const parts = type.isUnion() ? type.types : [type];
  const texts = parts.flatMap((part) =>
    part.isStringLiteral() ? part.value : part.isNumberLiteral() ? String(part.value) : [],
  );
  return texts.length === parts.length ? texts : null;
}

const unwrapped = (node: ts.Expression): ts.Expression =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
    ? unwrapped(node.expression)
    : node;

/** What a `const` is declared to be. */
function constantOf(symbol: ts.Symbol): ts.Expression | undefined {
  const declared = symbol.valueDeclaration;
  if (!declared) return undefined;
  if (ts.isPropertyAssignment(declared)) return unwrapped(declared.initializer);
  if (!ts.isVariableDeclaration(declared) || !(ts.getCombinedNodeFlags(declared) & ts.NodeFlags.Const))
    return undefined;
  return declared.initializer && unwrapped(declared.initializer);
}

/** What a function that only returns returns. */
function returnedBy(declared: ts.SignatureDeclaration | ts.JSDocSignature): ts.Expression | undefined {
  if (!ts.isArrowFunction(declared) && !ts.isFunctionDeclaration(declared)) return undefined;
  const { body } = declared;
  if (!body || !ts.isBlock(body)) return body;
  const [only, ...others] = body.statements;
  return only && others.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}

import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { allowsNull } from './answer-fields.ts';
import type { AnswerKind, ApiRoute, Audience, DtoClass } from './route.ts';

type Schema = Record<string, unknown>;
interface ObjectSchema {
  properties: Record<string, Schema>;
  required?: string[];
}
/** Marks a property that may be null until {@link requireNullable} writes it as OpenAPI 3.1 does. */
const NULLABLE = { 'x-nullable': true };

const SCHEMES: Readonly<Partial<Record<Audience, Schema>>> = {
  session: { type: 'apiKey', in: 'cookie', name: 'session' },
  key: { type: 'http', scheme: 'bearer' },
  signed: { type: 'apiKey', in: 'header', name: 'X-Signature' },
};

/** OpenAPI 3.1 document of the routes, from the same DTO classes that validate. */
export function openApiDocument(routes: readonly ApiRoute[], version: string): Schema {
  const schemas = schemasOfClasses();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { contract } of routes) {
    const path = `/api/v1${contract.path}`;
    (paths[path] ??= {})[contract.method.toLowerCase()] = operationOf(contract, schemas);
  }
  return {
    openapi: '3.1.0',
    info: { title: '适岗 Shigang', version },
    paths,
    components: {
      schemas: sorted(schemas),
      securitySchemes: Object.fromEntries(
        Object.entries(SCHEMES).filter(([audience]) =>
          routes.some(({ contract }) => contract.audience === audience),
        ),
      ),
    },
  };
}

function schemasOfClasses(): Record<string, ObjectSchema> {
  const schemas = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage as never,
    refPointerPrefix: '#/components/schemas/',
    additionalConverters: {
      isInt: () => ({ type: 'integer' }),
      conditionalValidation: (rule) => (allowsNull(rule) ? NULLABLE : {}),
    },
  }) as unknown as Record<string, ObjectSchema>;
  Object.values(schemas).forEach(requireNullable);
  return schemas;
}

function operationOf(contract: ApiRoute['contract'], schemas: Record<string, ObjectSchema>): Schema {
  const parameters = [
    ...parametersOf(contract.params, 'path', schemas),
    ...parametersOf(contract.query, 'query', schemas),
  ];
  return {
    summary: contract.summary,
    'x-audience': contract.audience,
    ...(contract.may === undefined ? {} : { 'x-may': contract.may }),
    ...(contract.audience === 'public' ? {} : { security: [{ [contract.audience]: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestOf(contract),
    responses: contract.answer
      ? { '200': { description: 'ok', content: contentOf(contract.answer) } }
      : { '204': { description: 'done' } },
  };
}

const BYTES: Schema = { type: 'string', format: 'binary' };

const contentOf = (answer: NonNullable<AnswerKind>): Schema =>
  'kind' in answer
    ? { [answer.type]: { schema: BYTES } }
    : { 'application/json': { schema: { $ref: `#/components/schemas/${answer.name}` } } };

function requestOf({ body, upload }: ApiRoute['contract']): Schema {
  if (upload) {
    const content = Object.fromEntries(
      upload.types.map((type) => [type, { schema: { ...BYTES, maxLength: upload.maxBytes } }]),
    );
    return { requestBody: { required: true, content } };
  }
  return body ? { requestBody: { required: true, content: contentOf(body) } } : {};
}

function parametersOf(
  Dto: DtoClass | undefined,
  place: 'path' | 'query',
  schemas: Record<string, ObjectSchema>,
): Schema[] {
  const schema = Dto ? schemas[Dto.name] : undefined;
  const required = new Set(schema?.required);
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: property,
  }));
}

/** A field that may be null is there all the same, which a condition of class-validator does not tell. */
function requireNullable(schema: ObjectSchema): void {
  for (const [name, { 'x-nullable': isNullable, ...rest }] of Object.entries(schema.properties)) {
    if (isNullable !== true) continue;
    schema.properties[name] = { anyOf: [rest, { type: 'null' }] };
    (schema.required ??= []).push(name);
  }
}

const sorted = (schemas: Record<string, ObjectSchema>): Record<string, ObjectSchema> =>
  Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));

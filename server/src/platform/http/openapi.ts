import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import type { ApiRoute, DtoClass } from './route.ts';

type Schema = Record<string, unknown>;

/** OpenAPI 3.1 document of the routes, from the same DTO classes that validate. */
export function openApiDocument(routes: readonly ApiRoute[], version: string): Schema {
  const schemas = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage as never,
    refPointerPrefix: '#/components/schemas/',
    additionalConverters: { isInt: () => ({ type: 'integer' }) },
  });
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { contract } of routes) {
    const path = `/api/v1${contract.path}`;
    (paths[path] ??= {})[contract.method.toLowerCase()] = operationOf(
      contract,
      schemas as Record<string, Schema>,
    );
  }
  return {
    openapi: '3.1.0',
    info: { title: '适岗 Shigang', version },
    paths,
    components: {
      schemas: sorted(schemas as Record<string, Schema>),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session' } },
    },
  };
}

function operationOf(contract: ApiRoute['contract'], schemas: Record<string, Schema>): Schema {
  const parameters = [
    ...parametersOf(contract.params, 'path', schemas),
    ...parametersOf(contract.query, 'query', schemas),
  ];
  const content = (Dto: DtoClass): Schema => ({
    'application/json': { schema: { $ref: `#/components/schemas/${Dto.name}` } },
  });
  return {
    summary: contract.summary,
    'x-may': contract.may,
    ...(contract.may === 'anyone' ? {} : { security: [{ session: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(contract.body ? { requestBody: { required: true, content: content(contract.body) } } : {}),
    responses: contract.answer
      ? { '200': { description: 'ok', content: content(contract.answer) } }
      : { '204': { description: 'done' } },
  };
}

function parametersOf(
  Dto: DtoClass | undefined,
  place: 'path' | 'query',
  schemas: Record<string, Schema>,
): Schema[] {
  const schema = Dto ? schemas[Dto.name] : undefined;
  const required = new Set((schema?.['required'] as string[] | undefined) ?? []);
  return Object.entries((schema?.['properties'] as Record<string, Schema> | undefined) ?? {}).map(
    ([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.has(name),
      schema: property,
    }),
  );
}

const sorted = (schemas: Record<string, Schema>): Record<string, Schema> =>
  Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));

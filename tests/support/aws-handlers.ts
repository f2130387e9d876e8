import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import * as z from 'zod';

/** CloudFormation's public schemas of its resource types, as they lie beside the repository (they are not part of it). */
const folder = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'aws-handlers');

const handlerSchema = z.object({ permissions: z.array(z.string()).default([]) });
const schemaSchema = z.looseObject({
  typeName: z.string(),
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).default([]),
  definitions: z.record(z.string(), z.unknown()).default({}),
  readOnlyProperties: z.array(z.string()).default([]),
  tagging: z.object({ permissions: z.array(z.string()).default([]) }).default({ permissions: [] }),
  handlers: z.record(z.string(), handlerSchema),
});
export type ResourceTypeSchema = z.infer<typeof schemaSchema>;

/** What CloudFormation knows of a resource type. Throws where there is no such file: a type of the template must be held against something. */
export function resourceType(name: string): ResourceTypeSchema {
  const file = `${name.replace('AWS::', '').replace('::', '-').toLowerCase()}.json`;
  // Python writes the end of a text as \Z.
  const text = readFileSync(path.join(folder, file), 'utf8').replaceAll('\\\\Z', '$').replaceAll('\\\\z', '$');
  const schema = schemaSchema.parse(JSON.parse(text));
  if (schema.typeName !== name) throw new Error(`${file} is about ${schema.typeName}.`);
  return schema;
}

/** What is wrong with a resource's properties, worked out as they are: a line for each. */
export function faultsOf(type: string, properties: Readonly<Record<string, unknown>>): string[] {
  const { properties: known, required, definitions, readOnlyProperties, additionalProperties } = resourceType(type);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, coerceTypes: true, logger: false });
  const validate = ajv.compile({ type: 'object', properties: known, required, definitions, additionalProperties });
  validate(structuredClone(properties));
  const readOnly = readOnlyProperties
    .map((pointer) => pointer.replace('/properties/', ''))
    .filter((name) => Object.hasOwn(properties, name))
    .map((name) => `${name} cannot be set`);
  return [
    ...(validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    ),
    ...readOnly,
  ];
}

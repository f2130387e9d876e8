import * as z from 'zod';
import { datasetSchema } from '../../goals/model/dataset-schema.ts';
import { inWords, type Scheme } from '../../text/scheme.ts';

let written: string | null = null;

/**
 * `schema.json`: JSON Schema (2020-12) of the dataset in the city's words, from the schema that the program itself checks with. It allows
 * properties that it does not know, since fields may be added (section 3 of the contract).
 */
export function datasetJsonSchema(scheme: Scheme): string {
  written ??= `${JSON.stringify(
    z.toJSONSchema(datasetSchema, {
      target: 'draft-2020-12',
      override: ({ jsonSchema }) => {
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
        delete jsonSchema.default;
      },
    }),
    null,
    2,
  )}\n`;
  return inWords(written, scheme);
}

import * as z from 'zod';
import type { CloudFormationTemplate } from '../support/cloudformation-values.ts';

/** Parts of a template, as the tests speak of them. */

export function ofType(
  template: CloudFormationTemplate,
  type: string,
): [name: string, properties: Record<string, unknown>][] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([name, { Properties }]) => [name, Properties]);
}

export function properties(template: CloudFormationTemplate, name: string): Record<string, unknown> {
  const resource = template.Resources[name];
  if (resource === undefined) throw new Error(`There is no ${name}.`);
  return resource.Properties;
}

const strings = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: strings,
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
const conditionalSchema = z
  .strictObject({
    'Fn::If': z.tuple([z.string(), statementSchema, z.strictObject({ Ref: z.literal('AWS::NoValue') })]),
  })
  .transform(({ 'Fn::If': [condition, statement] }) => ({ ...statement, only: condition }));
export const policySchema = z.object({ Statement: z.array(statementSchema) });
const rolePolicySchema = z.object({ Statement: z.array(z.union([statementSchema, conditionalSchema])) });
export const roleSchema = z.strictObject({
  RoleName: z.string(),
  PermissionsBoundary: z.unknown(),
  AssumeRolePolicyDocument: z.object({
    Statement: z.tuple([
      z.object({ Principal: z.strictObject({ Service: z.string() }), Action: z.literal('sts:AssumeRole') }),
    ]),
  }),
  Policies: z.tuple([z.object({ PolicyName: z.string(), PolicyDocument: rolePolicySchema })]),
});

/** An ARN as a person would write it: `StateBucket/state.json`. */
export function place(value: unknown): string {
  const parsed = z
    .union([
      z.string(),
      z.strictObject({ 'Fn::Sub': z.string() }),
      z.strictObject({ Ref: z.string() }),
      z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
      z.array(z.unknown()),
    ])
    .parse(value);
  if (typeof parsed === 'string') return parsed;
  if (Array.isArray(parsed)) return parsed.map(place).join(' ');
  if ('Ref' in parsed) return parsed.Ref;
  if ('Fn::Sub' in parsed) return parsed['Fn::Sub'].replaceAll(/\$\{(\w+)\.Arn\}/gu, '$1').replace(/^arn:.*:/u, '');
  return parsed['Fn::GetAtt'][0];
}

export function rightsOf(template: CloudFormationTemplate, role: string): string[] {
  const { Policies } = roleSchema.parse(properties(template, role));
  return Policies[0].PolicyDocument.Statement.map((statement) => {
    const { Effect, Action, Resource } = statement;
    const only = 'only' in statement ? `if ${statement.only}: ` : '';
    return `${only}${Effect} ${Action.join(' ')} on ${place(Resource)}`;
  });
}

import * as z from 'zod';

/**
 * Decides whether policies allow a call, as IAM does for a role within one account: a call is allowed where a statement allows it and
 * none denies it, and where there is a boundary, the boundary allows it too. Knows the parts of the policy language that this repository
 * uses, and throws at any other, so that no policy is judged by half.
 */

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const oneOrMore = z
  .union([z.string(), z.boolean(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [String(value)]));
const operators = z.enum(['StringEquals', 'StringLike', 'ArnLike', 'Bool']);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: texts,
  Resource: texts.optional(),
  Condition: z.partialRecord(operators, z.record(z.string(), oneOrMore)).optional(),
});
export const policySchema = z.object({ Version: z.literal('2012-10-17'), Statement: z.array(statementSchema) });
export type Policy = z.infer<typeof policySchema>;
type Statement = Policy['Statement'][number];

/** One call of an AWS service. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** What the service tells IAM of the call, by condition key. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Whether a role with these policies, and within this boundary, may make the call. */
export function isAllowed(call: Call, policies: readonly Policy[], boundary: Policy | null = null): boolean {
  return decide(call, policies) === 'allowed' && (boundary === null || decide(call, [boundary]) === 'allowed');
}

function decide(call: Call, policies: readonly Policy[]): 'allowed' | 'denied' | 'not mentioned' {
  const matching = policies.flatMap(({ Statement }) => Statement).filter((statement) => matches(statement, call));
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return matching.length > 0 ? 'allowed' : 'not mentioned';
}

/** Whether a statement speaks of the call: of its action, its resource, and all that it says of its circumstances. */
function matches({ Action, Resource, Condition }: Statement, { action, resource, context = {} }: Call): boolean {
  return (
    Action.some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase())) &&
    (Resource === undefined || Resource.some((pattern) => isLike(pattern, resource))) &&
    Object.entries(Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys ?? {}).every(([key, values]) => {
        const given = context[key];
        if (given === undefined) return false;
        return values.some((value) => (operator.endsWith('Like') ? isLike(value, given) : value === given));
      }),
    )
  );
}

/** `*` is any text, `?` any letter. */
function isLike(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/gu, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'su').test(text);
}

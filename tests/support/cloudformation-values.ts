import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CollectionTag, parse, type ScalarTag, YAMLMap, YAMLSeq } from 'yaml';
import * as z from 'zod';

/**
 * Works out a template as CloudFormation does, as far as this repository's templates go: references become what they will be in an account
 * of the tests, conditions are decided. A function that is not known here is an error.
 */

export const account = '123456789012';
export const region = 'ap-northeast-1';

const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

export const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.string().optional() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Condition: z.string().optional() })).default({}),
});
export type CloudFormationTemplate = z.infer<typeof templateSchema>;
type Resource = z.infer<typeof resourceSchema>;

/** A template of which nothing is left to work out. */
export interface WorkedOut {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A value that is left out: `AWS::NoValue`. */
const nothing = Symbol('nothing');

/** What a resource will be called, and what it will be known by. */
export function identityOf(
  name: string,
  { Type, Properties }: Resource,
  stack: string,
): Readonly<Record<string, string>> {
  const physical = `${stack}-${name}-1ABCDEFGHIJKL`;
  const given = (key: string): string | undefined => z.string().optional().catch(undefined).parse(Properties[key]);
  const arn = (service: string, rest: string, where = region): string =>
    `arn:aws:${service}:${where}:${account}:${rest}`;
  switch (Type) {
    case 'AWS::S3::Bucket': {
      const bucket = given('BucketName') ?? physical.toLowerCase();
      return {
        Ref: bucket,
        Arn: `arn:aws:s3:::${bucket}`,
        RegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
        WebsiteURL: `http://${bucket}.s3-website-${region}.amazonaws.com`,
      };
    }
    case 'AWS::Lambda::Function': {
      const Ref = given('FunctionName') ?? physical;
      return { Ref, Arn: arn('lambda', `function:${Ref}`) };
    }
    case 'AWS::Logs::LogGroup': {
      const Ref = given('LogGroupName') ?? physical;
      return { Ref, Arn: arn('logs', `log-group:${Ref}:*`) };
    }
    case 'AWS::IAM::Role': {
      const Ref = given('RoleName') ?? physical;
      return { Ref, Arn: arn('iam', `role/${Ref}`, '') };
    }
    case 'AWS::IAM::ManagedPolicy': {
      const Ref = arn('iam', `policy/${given('ManagedPolicyName') ?? physical}`, '');
      return { Ref, Arn: Ref };
    }
    case 'AWS::IAM::OIDCProvider': {
      const Ref = arn('iam', 'oidc-provider/token.actions.githubusercontent.com', '');
      return { Ref, Arn: Ref };
    }
    case 'AWS::SNS::Topic': {
      const Ref = arn('sns', given('TopicName') ?? physical);
      return { Ref, Arn: Ref, TopicArn: Ref, TopicName: given('TopicName') ?? physical };
    }
    case 'AWS::SQS::Queue': {
      const QueueName = given('QueueName') ?? physical;
      return {
        Ref: `https://sqs.${region}.amazonaws.com/${account}/${QueueName}`,
        Arn: arn('sqs', QueueName),
        QueueName,
      };
    }
    case 'AWS::Events::Rule': {
      const Ref = given('Name') ?? physical;
      return { Ref, Arn: arn('events', `rule/${Ref}`) };
    }
    case 'AWS::Scheduler::Schedule': {
      const Ref = given('Name') ?? physical;
      return { Ref, Arn: arn('scheduler', `schedule/default/${Ref}`) };
    }
    case 'AWS::CloudWatch::Alarm': {
      const Ref = given('AlarmName') ?? physical;
      return { Ref, Arn: arn('cloudwatch', `alarm:${Ref}`) };
    }
    case 'AWS::CloudFront::Distribution':
      return {
        Ref: 'E1A2B3C4D5E6F7',
        Id: 'E1A2B3C4D5E6F7',
        Arn: arn('cloudfront', 'distribution/E1A2B3C4D5E6F7', ''),
        DomainName: 'd111111abcdef8.cloudfront.net',
      };
    case 'AWS::CloudFront::Function': {
      const Arn = arn('cloudfront', `function/${given('Name') ?? physical}`, '');
      return { Ref: Arn, Arn, FunctionARN: Arn, 'FunctionMetadata.FunctionARN': Arn };
    }
    case 'AWS::CloudFront::OriginAccessControl':
      return {
        Ref: 'E2QWRUHAPOMQZL',
        Id: 'E2QWRUHAPOMQZL',
        Arn: arn('cloudfront', 'origin-access-control/E2QWRUHAPOMQZL', ''),
      };
    case 'AWS::CloudFront::ResponseHeadersPolicy':
      return {
        Ref: '0b1c2d3e-0000-4000-8000-000000000000',
        Id: '0b1c2d3e-0000-4000-8000-000000000000',
        Arn: arn('cloudfront', 'response-headers-policy/0b1c2d3e-0000-4000-8000-000000000000', ''),
      };
    case 'AWS::Lambda::Url':
      return { Ref: physical, FunctionUrl: `https://abcdefghijklmnop.lambda-url.${region}.on.aws/` };
    case 'AWS::Lambda::EventSourceMapping': {
      const Ref = '0b1c2d3e-1111-4111-8111-111111111111';
      return { Ref, Id: Ref, Arn: arn('lambda', `event-source-mapping:${Ref}`) };
    }
    case 'AWS::S3::BucketPolicy':
    case 'AWS::SNS::TopicPolicy':
    case 'AWS::Lambda::Permission':
    case 'AWS::Lambda::EventInvokeConfig':
      return { Ref: physical };
    default:
      throw new Error(`What a ${Type} is called is not known here.`);
  }
}

/**
 * @param stack the name of the stack
 * @param given the parameters that a person gives
 */
export function workOut(
  template: CloudFormationTemplate,
  stack: string,
  given: Readonly<Record<string, string>> = {},
): WorkedOut {
  const parameters: Record<string, string> = {};
  for (const [name, { Default }] of Object.entries(template.Parameters)) {
    const value = given[name] ?? Default;
    if (value === undefined) throw new Error(`The parameter ${name} is missing.`);
    parameters[name] = value;
  }
  const isTrue = (name: string): boolean => {
    const condition = template.Conditions[name];
    if (condition === undefined) throw new Error(`There is no condition ${name}.`);
    return z.boolean().parse(value(condition));
  };
  const attribute = (name: string, key: string): string => {
    const resource = template.Resources[name];
    if (resource === undefined) throw new Error(`There is no ${name}.`);
    const properties = z.record(z.string(), z.unknown()).parse(value(onlyNames(resource.Properties)));
    const found = identityOf(name, { ...resource, Properties: properties }, stack)[key];
    if (found === undefined) throw new Error(`${resource.Type} has no ${key} here.`);
    return found;
  };
  const reference = (name: string): unknown => {
    if (name === 'AWS::NoValue') return nothing;
    return pseudo[name] ?? (name === 'AWS::StackName' ? stack : (parameters[name] ?? attribute(name, 'Ref')));
  };
  const substituted = (text: string, own: Readonly<Record<string, string>>): string =>
    text.replaceAll(/\$\{([^}]+)\}/gu, (_, name: string) => {
      const [resource = '', ...rest] = name.split('.');
      return own[name] ?? (rest.length > 0 ? attribute(resource, rest.join('.')) : String(reference(name)));
    });
  function value(raw: unknown): unknown {
    if (Array.isArray(raw)) return raw.map(value).filter((item) => item !== nothing);
    if (raw === null || typeof raw !== 'object') return raw;
    const [[key, argument] = ['', undefined], ...more] = Object.entries(raw);
    if (more.length === 0) {
      if (key === 'Ref') return reference(z.string().parse(argument));
      if (key === 'Condition' && typeof argument === 'string') return isTrue(argument);
      if (key.startsWith('Fn::')) return functionOf(key.slice('Fn::'.length), argument);
    }
    return Object.fromEntries(
      Object.entries(raw)
        .map(([name, item]) => [name, value(item)] as const)
        .filter(([, item]) => item !== nothing),
    );
  }
  function functionOf(name: string, argument: unknown): unknown {
    const list = (): unknown[] => z.array(z.unknown()).parse(argument);
    switch (name) {
      case 'GetAtt': {
        const parts = typeof argument === 'string' ? argument.split('.') : z.array(z.string()).parse(argument);
        return attribute(parts[0] ?? '', parts.slice(1).join('.'));
      }
      case 'Sub': {
        if (typeof argument === 'string') return substituted(argument, {});
        const [text, own] = z.tuple([z.string(), z.record(z.string(), z.unknown())]).parse(argument);
        return substituted(text, z.record(z.string(), z.string()).parse(value(own)));
      }
      case 'Join': {
        const [glue, parts] = z.tuple([z.string(), z.unknown()]).parse(argument);
        return z.array(z.string()).parse(value(parts)).join(glue);
      }
      case 'Split': {
        const [glue, text] = list();
        return z.string().parse(value(text)).split(z.string().parse(glue));
      }
      case 'Select': {
        const [index, items] = list();
        return z.array(z.unknown()).parse(value(items))[Number(index)];
      }
      case 'If': {
        const [condition, yes, no] = list();
        return value(isTrue(z.string().parse(condition)) ? yes : no);
      }
      case 'Equals': {
        const [one, other] = list().map(value);
        return one === other;
      }
      case 'Not':
        return !z.boolean().parse(value(list()[0]));
      case 'And':
        return list().every((item) => z.boolean().parse(value(item)));
      default:
        throw new Error(`Fn::${name} is not known here.`);
    }
  }
  const kept = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || isTrue(Condition),
  );
  return {
    resources: Object.fromEntries(
      kept.map(([name, resource]) => [
        name,
        resourceSchema.parse({ ...resource, Properties: value(resource.Properties) }),
      ]),
    ),
    outputs: Object.fromEntries(
      Object.entries(template.Outputs)
        .filter(([, { Condition }]) => Condition === undefined || isTrue(Condition))
        .map(([name, output]) => [name, value(output.Value)]),
    ),
  };
}

/** A name must not be worked out by way of what refers back to it: only what names are made of. */
function onlyNames(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key.endsWith('Name')));
}

/** The short forms that YAML templates use: `!Ref name`, `!Sub text`, `!If [ … ]`. */
const shortForms: (ScalarTag | CollectionTag)[] = [
  'Ref',
  'Condition',
  'Sub',
  'GetAtt',
  'If',
  'Not',
  'And',
  'Equals',
  'Join',
  'Select',
  'Split',
].flatMap((name): (ScalarTag | CollectionTag)[] => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  return [
    { tag: `!${name}`, resolve: (text) => ({ [key]: text }) },
    {
      tag: `!${name}`,
      collection: 'seq',
      resolve: (items) => {
        const map = new YAMLMap();
        const list = new YAMLSeq();
        if (items instanceof YAMLSeq) list.items.push(...items.items);
        map.set(key, list);
        return map;
      },
    },
  ];
});

/** A template of the folder `deploy` that is deployed as it is. */
export async function templateFile(name: string): Promise<CloudFormationTemplate> {
  const text = await readFile(path.join(import.meta.dirname, '..', '..', 'deploy', name), 'utf8');
  return templateSchema.parse(parse(text, { customTags: shortForms, logLevel: 'error' }));
}

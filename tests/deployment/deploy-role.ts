import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resourceType } from '../support/aws-handlers.ts';
import {
  account,
  identityOf,
  region,
  templateFile,
  type WorkedOut,
  workOut,
} from '../support/cloudformation-values.ts';
import { type Call, isAllowed, type Policy, policySchema } from '../support/iam-policy.ts';

/**
 * The rights of the role that deploys, held against what CloudFormation calls in its name to create, read, update and delete every resource of
 * every variant of the template; and against what it must never be able to do.
 */

/** Calls that CloudFormation makes only for a property; none of the templates may use it. */
const onlyFor: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::CloudFront::Distribution': {
    'cloudfront:CreateConnectionGroup': 'ConnectionMode',
    'cloudfront:UpdateDistributionWithStagingConfig': 'Staging',
  },
  'AWS::Events::Rule': { 'iam:PassRole': 'RoleArn' },
  'AWS::IAM::Role': { 'iam:AttachRolePolicy': 'ManagedPolicyArns' },
  'AWS::Lambda::Function': {
    'ec2:DescribeNetworkInterfaces': 'VpcConfig',
    'ec2:DescribeSecurityGroups': 'VpcConfig',
    'ec2:DescribeSubnets': 'VpcConfig',
    'ec2:DescribeVpcs': 'VpcConfig',
    'elasticfilesystem:DescribeMountTargets': 'FileSystemConfigs',
    's3files:ListMountTargets': 'FileSystemConfigs',
    'kms:CreateGrant': 'KmsKeyArn',
    'kms:Decrypt': 'KmsKeyArn',
    'kms:DescribeKey': 'KmsKeyArn',
    'kms:Encrypt': 'KmsKeyArn',
    'kms:GenerateDataKey': 'KmsKeyArn',
    'lambda:DeleteFunctionCodeSigningConfig': 'CodeSigningConfigArn',
    'lambda:DeleteFunctionConcurrency': 'ReservedConcurrentExecutions',
    'lambda:GetCodeSigningConfig': 'CodeSigningConfigArn',
    'lambda:GetLayerVersion': 'Layers',
    'lambda:PassCapacityProvider': 'CapacityProviderConfig',
    'lambda:PutFunctionCodeSigningConfig': 'CodeSigningConfigArn',
    'lambda:PutFunctionConcurrency': 'ReservedConcurrentExecutions',
    'lambda:PutFunctionRecursionConfig': 'RecursiveLoop',
    'lambda:PutFunctionScalingConfig': 'FunctionScalingConfig',
    'lambda:PutRuntimeManagementConfig': 'RuntimeManagementConfig',
  },
  'AWS::Lambda::EventSourceMapping': {
    'kms:Decrypt': 'KmsKeyArn',
    'kms:DescribeKey': 'KmsKeyArn',
    'kms:GenerateDataKey': 'KmsKeyArn',
  },
  'AWS::Logs::LogGroup': {
    'firehose:TagDeliveryStream': 'LogGroupClass',
    'logs:AssociateKmsKey': 'KmsKeyId',
    'logs:CreateLogDelivery': 'LogGroupClass',
    'logs:DeleteDataProtectionPolicy': 'DataProtectionPolicy',
    'logs:DeleteIndexPolicy': 'FieldIndexPolicies',
    'logs:DeleteResourcePolicy': 'ResourcePolicyDocument',
    'logs:DisassociateKmsKey': 'KmsKeyId',
    'logs:PutBearerTokenAuthentication': 'BearerTokenAuthenticationEnabled',
    'logs:PutDataProtectionPolicy': 'DataProtectionPolicy',
    'logs:PutIndexPolicy': 'FieldIndexPolicies',
    'logs:PutLogGroupDeletionProtection': 'DeletionProtectionEnabled',
    'logs:PutResourcePolicy': 'ResourcePolicyDocument',
    's3:REST.PUT.OBJECT': 'LogGroupClass',
  },
  'AWS::S3::Bucket': {
    'iam:PassRole': 'ReplicationConfiguration',
    's3:DeleteBucketAnalyticsConfiguration': 'AnalyticsConfigurations',
    's3:DeleteBucketMetricsConfiguration': 'MetricsConfigurations',
    's3:DeleteBucketReplication': 'ReplicationConfiguration',
    's3:CreateBucketMetadataTableConfiguration': 'MetadataConfiguration',
    's3:DeleteBucketMetadataTableConfiguration': 'MetadataConfiguration',
    's3:UpdateBucketMetadataAnnotationTableConfiguration': 'MetadataConfiguration',
    's3:UpdateBucketMetadataInventoryTableConfiguration': 'MetadataConfiguration',
    's3:UpdateBucketMetadataJournalTableConfiguration': 'MetadataConfiguration',
    's3:PutAccelerateConfiguration': 'AccelerateConfiguration',
    's3:PutAnalyticsConfiguration': 'AnalyticsConfigurations',
    's3:PutIntelligentTieringConfiguration': 'IntelligentTieringConfigurations',
    's3:PutInventoryConfiguration': 'InventoryConfigurations',
    's3:PutMetricsConfiguration': 'MetricsConfigurations',
    's3:PutObjectAcl': 'AccessControl',
    's3:PutObjectLockConfiguration': 'ObjectLockEnabled',
    's3:PutReplicationConfiguration': 'ReplicationConfiguration',
    's3tables:CreateNamespace': 'MetadataConfiguration',
    's3tables:CreateTable': 'MetadataConfiguration',
    's3tables:CreateTableBucket': 'MetadataConfiguration',
    's3tables:GetTable': 'MetadataConfiguration',
    's3tables:GetTableMetadataLocation': 'MetadataConfiguration',
    's3tables:PutTableBucketPolicy': 'MetadataConfiguration',
    's3tables:PutTableEncryption': 'MetadataConfiguration',
    's3tables:PutTablePolicy': 'MetadataConfiguration',
    's3tables:UpdateTableMetadataLocation': 'MetadataConfiguration',
  },
  'AWS::SNS::Topic': {
    'iam:GetRole': 'DeliveryStatusLogging',
    'iam:PassRole': 'DeliveryStatusLogging',
    'sns:PutDataProtectionPolicy': 'DataProtectionPolicy',
  },
};

/** Calls of which the role goes without, and why nothing is lost. */
const never: Readonly<Record<string, string>> = {
  'iam:DeleteRolePermissionsBoundary': 'taking the boundary away is what the role must not be able to do',
  's3:DeleteBucketEncryption': 'no right of that name: PutEncryptionConfiguration takes encryption away',
  's3:DeleteBucketTagging': 'no right of that name: PutBucketTagging takes tags away',
  's3:DeleteBucketCors': 'no right of that name: PutBucketCORS takes the rules away',
  's3:DeleteBucketLifecycle': 'no right of that name: PutLifecycleConfiguration takes the rules away',
};

/** The resource that IAM is asked about, where it is not the one that is made. */
const askedAbout: Readonly<Record<string, string>> = {
  'cloudwatch:DescribeAlarms': `arn:aws:cloudwatch:${region}:${account}:alarm:*`,
  'logs:DescribeLogGroups': `arn:aws:logs:${region}:${account}:log-group::log-stream:`,
  'logs:DescribeResourcePolicies': '*',
};

const boundaryArn = `arn:aws:iam::${account}:policy/mokuhyo-prod-${region}-boundary`;
const withBoundary = { 'iam:PermissionsBoundary': boundaryArn };
const boundaryOf = (stage: string) => ({ 'iam:PermissionsBoundary': boundaryArn.replace('prod', stage) });

const policiesSchema = z.object({ Policies: z.array(z.object({ PolicyDocument: policySchema })) });

function policiesOf(stack: WorkedOut, role: string): Policy[] {
  return policiesSchema.parse(stack.resources[role]?.Properties).Policies.map(({ PolicyDocument }) => PolicyDocument);
}

const stageOf = (variant: string): string => (variant === 'dev' ? 'dev' : 'prod');
/** Whether many cities are deployed: then the rights were given for that. */
const sitesOf = (variant: string): string => String(variant.startsWith('sites'));

const rolesOf = (variant: string): readonly string[] =>
  sitesOf(variant) === 'true'
    ? ['WatchSitesRole', 'WorkSiteRole', 'ReportSitesRole', 'NotFoundRole', 'ScheduleRole']
    : ['PollRole', 'PublishRole', 'ScheduleRole'];

async function gitHubRoles(
  Stage = 'prod',
  Sites = 'false',
): Promise<{ readonly deploy: Policy[]; readonly operate: Policy[] }> {
  const given = { Stage, Sites, Repository: 'city/goals', ProviderExists: 'true' };
  const stack = workOut(await templateFile('github-access.yml'), `mokuhyo-github-${Stage}`, given);
  return { deploy: policiesOf(stack, 'DeployRole'), operate: policiesOf(stack, 'OperateRole') };
}

async function theBoundary(Stage = 'prod', WebsiteBucket = '', Sites = 'false'): Promise<Policy> {
  const given = { Stage, WebsiteBucket, Sites };
  const stack = workOut(await templateFile('boundary.yml'), `mokuhyo-boundary-${Stage}`, given);
  return z.object({ PolicyDocument: policySchema }).parse(stack.resources['Boundary']?.Properties).PolicyDocument;
}

/** Whether a property is used, however deep. */
function uses(value: unknown, property: string): boolean {
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, inner]) => key === property || uses(inner, property));
}

/** What CloudFormation calls for a resource, in the name of the one who deploys. */
function callsFor(name: string, resource: WorkedOut['resources'][string], stage: string): Call[] {
  const { Type, Properties } = resource;
  const { handlers, tagging } = resourceType(Type);
  const actions = ['create', 'read', 'update', 'delete'].flatMap((handler) => handlers[handler]?.permissions ?? []);
  const needed = new Set([...actions, ...tagging.permissions].map((action) => action.replace(/^S3:/u, 's3:')));
  const arn = (): string => {
    if (Type === 'AWS::Lambda::Url') return z.string().parse(Properties['TargetFunctionArn']);
    const target = Properties['Bucket'] ?? Properties['FunctionName'];
    const of = Type === 'AWS::S3::BucketPolicy' ? `arn:aws:s3:::${target}` : null;
    const ofFunction = /Permission|EventInvokeConfig/u.test(Type)
      ? String(target).replace(/^(?!arn:)/u, `arn:aws:lambda:${region}:${account}:function:`)
      : null;
    const ofTopic = Type === 'AWS::SNS::TopicPolicy' ? z.array(z.string()).parse(Properties['Topics'])[0] : null;
    return (
      of ??
      ofFunction ??
      ofTopic ??
      identityOf(name, resource, `mokuhyo-${stage}`)['Arn']?.replace(/(log-group:.*):\*$/u, '$1') ??
      ''
    );
  };
  return [...needed].flatMap((action): Call[] => {
    if (onlyFor[Type]?.[action] !== undefined || never[action] !== undefined) return [];
    if (action === 'iam:PassRole') {
      const service = Type.startsWith('AWS::Lambda') ? 'lambda.amazonaws.com' : 'scheduler.amazonaws.com';
      const role = z
        .union([z.object({ Role: z.string() }), z.object({ Target: z.object({ RoleArn: z.string() }) })])
        .parse(Properties);
      return [
        {
          action,
          resource: 'Role' in role ? role.Role : role.Target.RoleArn,
          context: { 'iam:PassedToService': service },
        },
      ];
    }
    if (/^s3:(?:Get|Delete)Object/u.test(action)) {
      const bucket =
        Type === 'AWS::S3::Bucket'
          ? arn()
          : identityOf('ServerlessDeploymentBucket', { Type: 'AWS::S3::Bucket', Properties: {} }, `mokuhyo-${stage}`)[
              'Arn'
            ];
      return [{ action, resource: `${bucket}/serverless/code.zip` }];
    }
    const context = action.startsWith('iam:') ? { context: boundaryOf(stage) } : contextOf(Type, action, Properties);
    return [{ action, resource: askedAbout[action] ?? arn(), ...context }];
  });
}

/** What Lambda tells IAM of a call beside its resource. */
function contextOf(type: string, action: string, properties: WorkedOut['resources'][string]['Properties']) {
  if (type === 'AWS::Lambda::Url')
    return { context: { 'lambda:FunctionUrlAuthType': z.string().parse(properties['AuthType']) } };
  if (type === 'AWS::Lambda::EventSourceMapping' && action.endsWith('EventSourceMapping')) {
    const name = z.string().parse(properties['FunctionName']);
    const FunctionArn = name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${name}`;
    return { context: { 'lambda:FunctionArn': FunctionArn } };
  }
  return {};
}

export function describeDeployRole(variants: () => Readonly<Record<string, WorkedOut>>): void {
  describe('the role that deploys from GitHub', () => {
    it('may all that CloudFormation calls in its name, for every resource of every variant', async () => {
      const refused: string[] = [];
      for (const [variant, { resources }] of Object.entries(variants())) {
        const stage = stageOf(variant);
        const { deploy } = await gitHubRoles(stage, sitesOf(variant));
        for (const [name, resource] of Object.entries(resources)) {
          const calls = callsFor(name, resource, stage).filter((call) => !isAllowed(call, deploy));
          refused.push(...calls.map(({ action, resource: on }) => `${variant} ${name}: ${action} on ${on}`));
        }
      }
      // A bucket that is called like the city's host name is outside of what the role reaches, as docs/deploy.md says.
      const outside = /^website with a domain SiteBucket(?:Policy)?: s3:\w+ on arn:aws:s3:::goals\.example\.jp/u;
      expect(refused.filter((line) => !outside.test(line))).toEqual([]);
    });

    it('goes without a right only where no template uses what it is for', () => {
      for (const { resources } of Object.values(variants())) {
        for (const [name, { Type, Properties }] of Object.entries(resources)) {
          for (const property of new Set(Object.values(onlyFor[Type] ?? {}))) {
            // The target of a schedule has a role; the target of a rule has none.
            expect(`${name} uses ${property}: ${uses(Properties, property)}`).toBe(`${name} uses ${property}: false`);
          }
        }
      }
    });

    it('may what the deployment itself asks of CloudFormation and of its bucket', async () => {
      const { deploy } = await gitHubRoles();
      const stack = `arn:aws:cloudformation:${region}:${account}:stack/mokuhyo-prod/1234`;
      const names = [
        'CreateChangeSet',
        'CreateStack',
        'DeleteChangeSet',
        'DescribeChangeSet',
        'DescribeStackEvents',
        'DescribeStackResource',
        'DescribeStacks',
        'ExecuteChangeSet',
        'ContinueUpdateRollback',
        'GetTemplate',
        'ListStackResources',
        'UpdateStack',
      ];
      for (const name of names)
        expect([name, isAllowed({ action: `cloudformation:${name}`, resource: stack }, deploy)]).toEqual([name, true]);
      const bucket = 'arn:aws:s3:::mokuhyo-prod-serverlessdeploymentbucket-abc';
      for (const action of ['s3:ListBucket', 's3:GetBucketLocation'])
        expect(isAllowed({ action, resource: bucket }, deploy)).toBe(true);
      for (const action of ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'])
        expect(isAllowed({ action, resource: `${bucket}/x` }, deploy)).toBe(true);
    });

    const own = `arn:aws:iam::${account}:role/mokuhyo-prod-${region}-publish`;
    const itself = `arn:aws:iam::${account}:role/mokuhyo-github-prod-${region}-deploy`;
    const other = { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' };
    it.each<[what: string, call: Call]>([
      ['make a role without the boundary', { action: 'iam:CreateRole', resource: own }],
      ['make a role with a wider one', { action: 'iam:CreateRole', resource: own, context: other }],
      [
        'make a role of another name',
        { action: 'iam:CreateRole', resource: `arn:aws:iam::${account}:role/admin`, context: withBoundary },
      ],
      ['write a right into a role without the boundary', { action: 'iam:PutRolePolicy', resource: own }],
      ['write a right into itself', { action: 'iam:PutRolePolicy', resource: itself, context: withBoundary }],
      ['let others be it', { action: 'iam:UpdateAssumeRolePolicy', resource: itself }],
      ['attach a policy of the account', { action: 'iam:AttachRolePolicy', resource: own, context: withBoundary }],
      ['take the boundary off', { action: 'iam:DeleteRolePermissionsBoundary', resource: own, context: withBoundary }],
      [
        'put a wider boundary in its place',
        { action: 'iam:PutRolePermissionsBoundary', resource: own, context: other },
      ],
      ['write a new version of the boundary', { action: 'iam:CreatePolicyVersion', resource: boundaryArn }],
      ['go back to an older version of the boundary', { action: 'iam:SetDefaultPolicyVersion', resource: boundaryArn }],
      ['delete the boundary', { action: 'iam:DeletePolicy', resource: boundaryArn }],
      ['make a policy', { action: 'iam:CreatePolicy', resource: boundaryArn }],
      ['make a user', { action: 'iam:CreateUser', resource: `arn:aws:iam::${account}:user/x` }],
      ['make a key', { action: 'iam:CreateAccessKey', resource: `arn:aws:iam::${account}:user/x` }],
      [
        'hand another role to a function',
        {
          action: 'iam:PassRole',
          resource: `arn:aws:iam::${account}:role/admin`,
          context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
        },
      ],
      [
        'hand its own role to a function',
        { action: 'iam:PassRole', resource: itself, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      ],
      [
        'hand a role to a machine',
        { action: 'iam:PassRole', resource: own, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      ],
      ['be another role', { action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/admin` }],
      [
        'change the stack that gave it its rights',
        {
          action: 'cloudformation:UpdateStack',
          resource: `arn:aws:cloudformation:${region}:${account}:stack/mokuhyo-github-prod/1`,
        },
      ],
      [
        'change the stack of the boundary',
        {
          action: 'cloudformation:UpdateStack',
          resource: `arn:aws:cloudformation:${region}:${account}:stack/mokuhyo-boundary-prod/1`,
        },
      ],
      [
        'delete the stack',
        {
          action: 'cloudformation:DeleteStack',
          resource: `arn:aws:cloudformation:${region}:${account}:stack/mokuhyo-prod/1`,
        },
      ],
      [
        'change another stage',
        {
          action: 'lambda:UpdateFunctionCode',
          resource: `arn:aws:lambda:${region}:${account}:function:mokuhyo-dev-publish`,
        },
      ],
      ['read another bucket', { action: 's3:GetObject', resource: 'arn:aws:s3:::taxes/x' }],
      [
        'read the Google credentials',
        {
          action: 'ssm:GetParameter',
          resource: `arn:aws:ssm:${region}:${account}:parameter/mokuhyo/prod/google-credentials`,
        },
      ],
    ])('may not %s', async (_, call) => {
      expect(isAllowed(call, (await gitHubRoles()).deploy)).toBe(false);
      expect(isAllowed(call, (await gitHubRoles('prod', 'true')).deploy)).toBe(false);
    });

    const ownFunction = `arn:aws:lambda:${region}:${account}:function:mokuhyo-prod-not-found`;
    const mapping = `arn:aws:lambda:${region}:${account}:event-source-mapping:1`;
    it.each<[what: string, call: Call]>([
      [
        'give a function an address that everybody may call',
        {
          action: 'lambda:CreateFunctionUrlConfig',
          resource: ownFunction,
          context: { 'lambda:FunctionUrlAuthType': 'NONE' },
        },
      ],
      [
        'open an address afterwards',
        {
          action: 'lambda:UpdateFunctionUrlConfig',
          resource: ownFunction,
          context: { 'lambda:FunctionUrlAuthType': 'NONE' },
        },
      ],
      [
        "have a queue call another program's function",
        {
          action: 'lambda:CreateEventSourceMapping',
          resource: mapping,
          context: { 'lambda:FunctionArn': `arn:aws:lambda:${region}:${account}:function:taxes` },
        },
      ],
      [
        'read what is in a queue',
        { action: 'sqs:ReceiveMessage', resource: `arn:aws:sqs:${region}:${account}:mokuhyo-prod-x` },
      ],
    ])('may not %s, where many cities are deployed', async (_, call) => {
      expect(isAllowed(call, (await gitHubRoles('prod', 'true')).deploy)).toBe(false);
    });

    it('has the rights for many cities only where they are asked for', async () => {
      const url = {
        action: 'lambda:CreateFunctionUrlConfig',
        resource: ownFunction,
        context: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' },
      };
      const queue = {
        action: 'lambda:CreateEventSourceMapping',
        resource: mapping,
        context: { 'lambda:FunctionArn': ownFunction },
      };
      for (const call of [url, queue]) {
        expect(isAllowed(call, (await gitHubRoles()).deploy)).toBe(false);
        expect(isAllowed(call, (await gitHubRoles('prod', 'true')).deploy)).toBe(true);
      }
    });
  });

  describe('the boundary', () => {
    const everything: Policy = policySchema.parse({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });

    it('is carried by every role', () => {
      for (const [variant, { resources }] of Object.entries(variants())) {
        const carried = Object.values(resources)
          .filter(({ Type }) => Type === 'AWS::IAM::Role')
          .map(({ Properties }) => Properties['PermissionsBoundary']);
        expect(carried).toEqual(Array(rolesOf(variant).length).fill(boundaryArn.replace('prod', stageOf(variant))));
      }
    });

    it('lets every role do what its own policy says', async () => {
      for (const [variant, stack] of Object.entries(variants())) {
        const boundary = await theBoundary(
          stageOf(variant),

          variant.startsWith('website') && variant.includes('domain') ? 'goals.example.jp' : '',
          sitesOf(variant),
        );
        for (const role of rolesOf(variant)) {
          const allows = policiesOf(stack, role).flatMap(({ Statement }) =>
            Statement.filter(({ Effect }) => Effect === 'Allow'),
          );
          for (const { Action, Resource = [], Condition } of allows) {
            const context = Object.fromEntries(
              Object.values(Condition ?? {}).flatMap((keys) =>
                Object.entries(keys ?? {}).map(([key, [value = '']]) => [key, value] as const),
              ),
            );
            for (const action of Action) {
              for (const pattern of Resource) {
                const call = { action, resource: pattern.replaceAll('*', 'x'), context };
                expect([variant, role, call, isAllowed(call, policiesOf(stack, role), boundary)]).toEqual([
                  variant,
                  role,
                  call,
                  true,
                ]);
              }
            }
          }
        }
      }
    });

    it.each<[what: string, call: Call]>([
      ['make a user', { action: 'iam:CreateUser', resource: `arn:aws:iam::${account}:user/x` }],
      [
        'take the boundary off',
        { action: 'iam:DeleteRolePermissionsBoundary', resource: `arn:aws:iam::${account}:role/x` },
      ],
      ['be another role', { action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/admin` }],
      ['read another bucket', { action: 's3:GetObject', resource: 'arn:aws:s3:::taxes/x' }],
      [
        'open a bucket to the public',
        { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::mokuhyo-prod-statebucket-1' },
      ],
      [
        'read another parameter',
        { action: 'ssm:GetParameter', resource: `arn:aws:ssm:${region}:${account}:parameter/database/password` },
      ],
      ['decrypt by itself', { action: 'kms:Decrypt', resource: `arn:aws:kms:${region}:${account}:key/1` }],
      [
        'change a distribution',
        { action: 'cloudfront:UpdateDistribution', resource: `arn:aws:cloudfront::${account}:distribution/E1` },
      ],
      ['touch another stage', { action: 's3:PutObject', resource: 'arn:aws:s3:::mokuhyo-dev-sitebucket-1/index.html' }],
    ])('lets no role %s, whatever is written into it', async (_, call) => {
      expect(isAllowed(call, [everything])).toBe(true);
      expect(isAllowed(call, [everything], await theBoundary())).toBe(false);
      expect(isAllowed(call, [everything], await theBoundary('prod', '', 'true'))).toBe(false);
    });

    it('lets queues be read only where many cities are deployed', async () => {
      const queue = `arn:aws:sqs:${region}:${account}:mokuhyo-prod-WorkQueue-1`;
      const call = { action: 'sqs:ReceiveMessage', resource: queue };
      expect(isAllowed(call, [everything], await theBoundary())).toBe(false);
      expect(isAllowed(call, [everything], await theBoundary('prod', '', 'true'))).toBe(true);
      const others = { action: 'sqs:ReceiveMessage', resource: `arn:aws:sqs:${region}:${account}:taxes` };
      expect(isAllowed(others, [everything], await theBoundary('prod', '', 'true'))).toBe(false);
    });
  });

  describe('the role that operates from GitHub', () => {
    it('starts the function that publishes, and reads and writes nothing itself but where things are', async () => {
      const { operate } = await gitHubRoles();
      const fn = `arn:aws:lambda:${region}:${account}:function:mokuhyo-prod-publish`;
      expect(isAllowed({ action: 'lambda:InvokeFunction', resource: fn }, operate)).toBe(true);
      expect(isAllowed({ action: 'lambda:UpdateFunctionCode', resource: fn }, operate)).toBe(false);
    });
  });
}

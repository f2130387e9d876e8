import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pollEnvironment, publishEnvironment } from '../../functions/environment.ts';
import { contentSecurityPolicy } from '../../lib/pages/content-security-policy.ts';
import { previewDays } from '../../lib/release/preview-place.ts';
import { publishRequestKey } from '../../lib/staff/publish-request.ts';
import { figuresOf } from '../../lib/staff/run-figures.ts';
import { recordRun } from '../../lib/staff/run-record.ts';
import { defaultScheme } from '../../lib/text/scheme.ts';
import { makeZips, packagedTemplate } from '../support/cloudformation.ts';
import { type CloudFormationTemplate, workOut } from '../support/cloudformation-values.ts';
import { longestGapMinutes } from '../support/cron.ts';
import { describeSchemas } from './against-schemas.ts';
import { describeDeployRole } from './deploy-role.ts';
import { describeSites } from './many-sites.ts';
import { ofType, place, policySchema, properties, rightsOf, roleSchema } from './template-parts.ts';

let cloudfront: CloudFormationTemplate;
let website: CloudFormationTemplate;
let prefixed: CloudFormationTemplate;
let every: Readonly<Record<string, CloudFormationTemplate>>;

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000';
const withDomain = ['--param', 'domain=goals.example.jp'];
const withCertificate = ['--param', `certificateArn=${certificate}`];
const withPrefix = ['--param', 'sitePrefix=goals/'];
const withReminders = [
  ...['--param', 'reminderSender=goals@city.example.jp', '--param', 'reminderIdentity=city.example.jp'],
  ...['--param', 'reminderWebhookParameter=/mokuhyo/prod/webhook'],
];
const asWebsite = ['--param', 'website=true'];
const ofSites = ['--config', 'serverless-sites.yml', '--stage', 'prod'];
const withHosts = ['--param', 'hosts=goals.kawa.example.jp=kawa goals.umi.example.jp=umi'];

beforeAll(async () => {
  await makeZips();
  // One after another: the framework works in one folder of the repository before it writes elsewhere.
  cloudfront = await packagedTemplate('--stage', 'prod');
  website = await packagedTemplate('--stage', 'dev', ...asWebsite);
  prefixed = await packagedTemplate('--stage', 'prod', ...withPrefix, ...withDomain, ...withCertificate);
  every = {
    cloudfront,
    'cloudfront with a domain and a folder': prefixed,
    'cloudfront with a domain': await packagedTemplate('--stage', 'prod', ...withDomain, ...withCertificate),
    'cloudfront with reminders': await packagedTemplate('--stage', 'prod', ...withReminders),
    dev: website,
    'website with a domain': await packagedTemplate('--stage', 'prod', ...asWebsite, ...withDomain),
    'website with a folder': await packagedTemplate('--stage', 'prod', ...asWebsite, ...withPrefix),
    sites: await packagedTemplate(...ofSites),
    'sites with host names': await packagedTemplate(...ofSites, ...withDomain, ...withHosts, ...withCertificate),
  };
}, 600_000);

const variants = () => ({ cloudfront, website, prefixed });

/** All of them, as CloudFormation works them out. */
const workedOut = () =>
  Object.fromEntries(
    Object.entries(every).map(([name, template]) => [
      name,
      workOut(template, name === 'dev' ? 'mokuhyo-dev' : 'mokuhyo-prod'),
    ]),
  );

describeSchemas(workedOut);
describeDeployRole(workedOut);
describeSites(() => every, workedOut);

describe('rights', () => {
  const allowed = {
    PollRole: [
      'Allow logs:CreateLogStream logs:PutLogEvents on PollLogGroup',
      'Allow ssm:GetParameter on parameter/mokuhyo/prod/google-credentials',
      'Allow s3:GetObject on StateBucket/state.json',
      'Allow s3:GetObject s3:PutObject on StateBucket/report.json',
      'Allow s3:ListBucket on StateBucket',
      'Allow s3:PutObject on StateBucket/requests/publish-now.json',
      'Allow s3:GetObject s3:PutObject on StateBucket/preview.json',
      'Allow s3:PutObject s3:DeleteObject on PreviewBucket/preview/*',
    ],
    PublishRole: [
      'Allow logs:CreateLogStream logs:PutLogEvents on PublishLogGroup',
      'Allow ssm:GetParameter on parameter/mokuhyo/prod/google-credentials',
      'Allow s3:GetObject s3:PutObject s3:DeleteObject on SiteBucket/*',
      'Allow s3:GetObject s3:PutObject s3:DeleteObject on StateBucket/*',
      'Allow s3:ListBucket on StateBucket',
      'Allow s3:ListBucket on SiteBucket',
      'Allow s3:PutObject s3:DeleteObject on PreviewBucket/preview/*',
      'Allow sns:Publish on StaffTopic',
      'if SendsReminders: Allow ses:SendEmail on identity/',
      'if PostsSummaries: Allow ssm:GetParameter on parameter',
      'Allow sns:GetTopicAttributes on StaffTopic OperatorTopic',
      `Allow cloudfront:CreateInvalidation on distribution/${'$'}{Distribution}`,
      'Allow sqs:SendMessage on FailedEvents',
    ],
    ScheduleRole: ['Allow lambda:InvokeFunction on PollLambdaFunction PublishLambdaFunction'],
  };

  it('are those of the list, and of no other role', () => {
    expect(ofType(cloudfront, 'AWS::IAM::Role').map(([name]) => name)).toEqual(Object.keys(allowed));
    for (const [role, rights] of Object.entries(allowed)) expect(rightsOf(cloudfront, role)).toEqual(rights);
    expect(rightsOf(prefixed, 'PublishRole')).toContain(
      'Allow s3:GetObject s3:PutObject s3:DeleteObject on SiteBucket/goals/*',
    );
    expect(ofType(cloudfront, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(ofType(cloudfront, 'AWS::IAM::Policy')).toEqual([]);
  });

  it('are taken on by one service each, and each function has its own role', () => {
    const serviceOf = (role: string) =>
      roleSchema.parse(properties(cloudfront, role)).AssumeRolePolicyDocument.Statement[0].Principal.Service;
    expect(serviceOf('PollRole')).toBe('lambda.amazonaws.com');
    expect(serviceOf('PublishRole')).toBe('lambda.amazonaws.com');
    expect(serviceOf('ScheduleRole')).toBe('scheduler.amazonaws.com');
    expect(properties(cloudfront, 'PollLambdaFunction')).toMatchObject({ Role: { 'Fn::GetAtt': ['PollRole', 'Arn'] } });
    expect(properties(cloudfront, 'PublishLambdaFunction')).toMatchObject({
      Role: { 'Fn::GetAtt': ['PublishRole', 'Arn'] },
    });
  });

  it('name no resource and no action by a star alone', () => {
    const text = JSON.stringify([cloudfront, website, prefixed].map((template) => ofType(template, 'AWS::IAM::Role')));
    expect(text).not.toMatch(/"(?:Resource|Action|NotAction|NotResource)":\s*(?:\[\s*)?"\*"/u);
    expect(text).not.toMatch(/"\w+:\*"/u);
  });
});

describe('buckets', () => {
  const closed = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };

  it('are private, all of them, in the default variant', () => {
    const buckets = ofType(cloudfront, 'AWS::S3::Bucket');
    expect(buckets.map(([name]) => name)).toEqual([
      'ServerlessDeploymentBucket',
      'StateBucket',
      'SiteBucket',
      'PreviewBucket',
    ]);
    for (const [, bucket] of buckets) expect(bucket).toMatchObject({ PublicAccessBlockConfiguration: closed });
    for (const [, bucket] of buckets) expect(bucket).not.toHaveProperty('WebsiteConfiguration');
    const allows = ofType(cloudfront, 'AWS::S3::BucketPolicy').flatMap(([, { PolicyDocument }]) =>
      policySchema.parse(PolicyDocument).Statement.filter(({ Effect }) => Effect === 'Allow'),
    );
    expect(allows.map(({ Action, Resource }) => `${Action.join(' ')} on ${place(Resource)}`)).toEqual([
      's3:GetObject on SiteBucket/*',
      's3:GetObject on PreviewBucket/preview/*',
    ]);
    for (const allow of allows) {
      expect(allow).toMatchObject({
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: {
          StringEquals: {
            'aws:SourceArn': { 'Fn::Sub': expect.stringMatching(/:distribution\/\$\{Distribution\}$/u) },
          },
        },
      });
    }
  });

  it('keep the state private in every variant, and let only the site be read where it is a website', () => {
    for (const template of Object.values(variants())) {
      expect(properties(template, 'StateBucket')).toMatchObject({ PublicAccessBlockConfiguration: closed });
    }
    const { Statement } = policySchema.parse(properties(website, 'SiteBucketPolicy')['PolicyDocument']);
    expect(
      Statement.map(({ Effect, Action, Resource }) => `${Effect} ${Action.join(' ')} on ${place(Resource)}`),
    ).toEqual(['Allow s3:GetObject on SiteBucket/*', 'Allow s3:ListBucket on SiteBucket']);
    expect(properties(website, 'SiteBucket')).toMatchObject({
      WebsiteConfiguration: { IndexDocument: 'index.html', ErrorDocument: '404.html' },
    });
  });

  it('take encrypted connections only, encrypt, and outlive the stack', () => {
    for (const name of ['StateBucket', 'SiteBucket', 'PreviewBucket']) {
      const { Statement } = policySchema.parse(properties(cloudfront, `${name}Policy`)['PolicyDocument']);
      expect(Statement[0]).toMatchObject({
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:*'],
        Condition: { Bool: { 'aws:SecureTransport': false } },
      });
      expect(properties(cloudfront, name)).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      });
    }
    for (const template of Object.values(variants())) {
      for (const name of ['StateBucket', 'SiteBucket']) {
        expect(template.Resources[name]).toMatchObject({
          DeletionPolicy: 'RetainExceptOnCreate',
          UpdateReplacePolicy: 'Retain',
        });
      }
    }
  });

  it('keep old versions of the state, for a while', () => {
    expect(properties(cloudfront, 'StateBucket')).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } }] },
    });
  });
});

describe('previews', () => {
  it('end after seven days, as the program says to the staff', () => {
    expect(properties(cloudfront, 'PreviewBucket')).toMatchObject({
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: previewDays }] },
    });
  });

  it('are kept and found nowhere, and tell no other site where they are', () => {
    const { DistributionConfig } = z
      .object({ DistributionConfig: z.object({ CacheBehaviors: z.array(z.record(z.string(), z.unknown())) }) })
      .parse(properties(cloudfront, 'Distribution'));
    expect(DistributionConfig.CacheBehaviors).toMatchObject([
      {
        PathPattern: 'preview/*',
        TargetOriginId: 'previews',
        // Managed by AWS: CachingDisabled.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        ResponseHeadersPolicyId: { Ref: 'PreviewHeaders' },
      },
    ]);
    expect(properties(cloudfront, 'PreviewHeaders')).toMatchObject({
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: { ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true } },
        CustomHeadersConfig: {
          Items: expect.arrayContaining([
            { Header: 'Cache-Control', Value: 'no-store', Override: true },
            { Header: 'X-Robots-Tag', Value: 'noindex, nofollow, noarchive', Override: true },
          ]),
        },
      },
    });
  });

  it('are not made where the bucket is public', () => {
    expect(Object.keys(website.Resources).filter((name) => name.startsWith('Preview'))).toEqual([]);
    expect(JSON.stringify(ofType(website, 'AWS::IAM::Role'))).not.toContain('preview');
    expect(properties(website, 'PollLambdaFunction')).toMatchObject({
      Environment: { Variables: { PREVIEW_BUCKET: '' } },
    });
  });
});

describe('reminders of a deadline', () => {
  const statements = (variant: string) => {
    const { Policies } = z
      .object({ Policies: z.tuple([z.object({ PolicyDocument: policySchema })]) })
      .parse(workedOut()[variant]?.resources['PublishRole']?.Properties);
    return Policies[0].PolicyDocument.Statement;
  };

  it('are sent by the one identity, from the one address, and the webhook is read from the one parameter', () => {
    const own = statements('cloudfront with reminders').filter(({ Sid }) => /Remind|Webhook/u.test(Sid ?? ''));
    expect(own).toEqual([
      {
        Sid: 'RemindTheDepartments',
        Effect: 'Allow',
        Action: ['ses:SendEmail'],
        Resource: 'arn:aws:ses:ap-northeast-1:123456789012:identity/city.example.jp',
        Condition: { StringEquals: { 'ses:FromAddress': 'goals@city.example.jp' } },
      },
      {
        Sid: 'ReadTheWebhook',
        Effect: 'Allow',
        Action: ['ssm:GetParameter'],
        Resource: 'arn:aws:ssm:ap-northeast-1:123456789012:parameter/mokuhyo/prod/webhook',
      },
    ]);
  });

  it('are off where no sender is set: no right, no alarm, and nobody who could be reminded', () => {
    expect(statements('cloudfront').filter(({ Action }) => Action.some((one) => one.startsWith('ses:')))).toEqual([]);
    expect(Object.keys(workedOut()['cloudfront']?.resources ?? {})).not.toContain('RemindersFailedAlarm');
    expect(Object.keys(workedOut()['cloudfront with reminders']?.resources ?? {})).toContain('RemindersFailedAlarm');
    expect(properties(cloudfront, 'PublishLambdaFunction')).toMatchObject({
      Environment: { Variables: { REMINDER_SENDER: '', REMINDER_WEBHOOK_PARAMETER: '' } },
    });
  });

  it('are no matter of the function that polls', () => {
    const ofOneCity = Object.values(every).filter(({ Resources }) => Resources['PollRole'] !== undefined);
    expect(ofOneCity).toHaveLength(7);
    for (const template of ofOneCity) {
      expect(JSON.stringify(properties(template, 'PollRole'))).not.toContain('ses:');
      expect(JSON.stringify(properties(template, 'PollLambdaFunction'))).not.toContain('REMINDER');
    }
  });
});

describe('functions', () => {
  it.each(['Poll', 'Publish'])('%s runs on Node 24, arm64, and its log is kept for a limited time', (name) => {
    expect(properties(cloudfront, `${name}LambdaFunction`)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
    });
    expect(properties(cloudfront, `${name}LogGroup`)).toMatchObject({ RetentionInDays: 90 });
    expect(properties(website, `${name}LogGroup`)).toMatchObject({ RetentionInDays: 14 });
  });

  it('are given an environment that they accept', () => {
    const known: Readonly<Record<string, string>> = {
      StateBucket: 'state-bucket',
      PreviewBucket: 'preview-bucket',
      SiteBucket: 'site-bucket',
      StaffTopic: 'arn:aws:sns:ap-northeast-1:000000000000:staff',
      OperatorTopic: 'arn:aws:sns:ap-northeast-1:000000000000:operators',
      Distribution: 'E1A2B3C4D5E6F7',
    };
    const valueSchema = z.union([
      z.string(),
      z.strictObject({ Ref: z.string() }).transform(({ Ref }) => known[Ref]),
      z
        .strictObject({ 'Fn::If': z.tuple([z.literal('HasDomain'), z.string(), z.unknown()]) })
        .transform(({ 'Fn::If': [, withDomain] }) => withDomain),
    ]);
    const schema = z.object({ Variables: z.record(z.string(), valueSchema) });
    const environmentOf = (name: string) => schema.parse(properties(prefixed, name)['Environment']).Variables;
    const google = { kind: 'parameter', name: '/mokuhyo/prod/google-credentials' };
    expect(publishEnvironment(environmentOf('PublishLambdaFunction'))).toEqual({
      SPREADSHEET_ID: 'sheet-of-the-tests',
      STATE_BUCKET: 'state-bucket',
      STAGE: 'prod',
      SITE_BUCKET: 'site-bucket',
      SITE_PREFIX: 'goals',
      SITE_URL: 'https://goals.example.jp/',
      PREVIEW_BUCKET: 'preview-bucket',
      STAFF_TOPIC_ARN: known['StaffTopic'],
      OPERATOR_TOPIC_ARN: known['OperatorTopic'],
      DISTRIBUTION_ID: known['Distribution'],
      REMINDER_DAYS: 7,
      google,
    });
    expect(pollEnvironment(environmentOf('PollLambdaFunction'))).toMatchObject({
      SPREADSHEET_ID: 'sheet-of-the-tests',
      PREVIEW_BUCKET: 'preview-bucket',
      SITE_URL: 'https://goals.example.jp/',
      google,
    });
  });

  it('hand on what publishing could not do, after two more tries', () => {
    expect(properties(cloudfront, 'PublishLambdaEvConf')).toMatchObject({
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['FailedEvents', 'Arn'] } } },
    });
    expect(properties(cloudfront, 'PollLambdaEvConf')).toMatchObject({ MaximumRetryAttempts: 0 });
    expect(properties(cloudfront, 'FailedEvents')).toMatchObject({ MessageRetentionPeriod: 1_209_600 });
  });
});

describe('what starts the functions', () => {
  it('goes by the clock of Japan', () => {
    const schedulesOf = (template: CloudFormationTemplate) =>
      ofType(template, 'AWS::Scheduler::Schedule').map(([, schedule]) => schedule);
    const schedule = (expression: string, name: 'Poll' | 'Publish', reason: string) => ({
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      State: 'ENABLED',
      Target: {
        Arn: { 'Fn::GetAtt': [`${name}LambdaFunction`, 'Arn'] },
        RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
        Input: JSON.stringify({ reason }),
      },
    });
    expect(schedulesOf(cloudfront)).toMatchObject([
      schedule('cron(* 8-18 ? * MON-FRI *)', 'Poll', 'poll'),
      schedule('cron(0/10 0-7,19-23 ? * MON-FRI *)', 'Poll', 'poll'),
      schedule('cron(0/10 * ? * SAT,SUN *)', 'Poll', 'poll'),
      schedule('cron(0 4 * * ? *)', 'Publish', 'nightly'),
    ]);
    expect(
      schedulesOf(website)
        .map(({ ScheduleExpression, State }) => [ScheduleExpression, State])
        .slice(0, 3),
    ).toEqual([
      ['cron(0 9 ? * MON *)', 'ENABLED'],
      ['cron(0/10 0-7,19-23 ? * MON-FRI *)', 'DISABLED'],
      ['cron(0/10 * ? * SAT,SUN *)', 'DISABLED'],
    ]);
  });

  it('is the object that the poll puts when staff tick 今すぐ公開', () => {
    const [[, rule] = []] = ofType(cloudfront, 'AWS::Events::Rule');
    expect(rule).toMatchObject({
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [{ Ref: 'StateBucket' }] }, object: { key: [publishRequestKey] } },
      },
      Targets: [{ Arn: { 'Fn::GetAtt': ['PublishLambdaFunction', 'Arn'] }, Input: '{"reason":"publish-now"}' }],
    });
    expect(properties(cloudfront, 'StateBucket')).toMatchObject({
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    expect(ofType(cloudfront, 'AWS::Lambda::Permission')).toMatchObject([
      [expect.any(String), { Principal: 'events.amazonaws.com', SourceArn: { 'Fn::Join': expect.anything() } }],
    ]);
  });
});

describe('alarms', () => {
  const metric = { Namespace: z.string(), MetricName: z.string(), Dimensions: z.array(z.unknown()) };
  const alarmSchema = z.object({
    ...z.object(metric).partial().shape,
    Metrics: z
      .array(
        z.object({ Id: z.string(), Expression: z.string().optional(), ReturnData: z.boolean().optional() }).loose(),
      )
      .optional(),
    AlarmActions: z.unknown(),
    OKActions: z.unknown(),
    TreatMissingData: z.string(),
    Period: z.number().optional(),
    EvaluationPeriods: z.number(),
    Threshold: z.number(),
    ComparisonOperator: z.string(),
    AlarmDescription: z.string(),
  });
  const alarm = (name: string, template = cloudfront) => alarmSchema.parse(properties(template, name));
  const all = () => ofType(cloudfront, 'AWS::CloudWatch::Alarm').map(([name]) => name);

  it('reach the operators by mail, and nobody else may send them any', () => {
    expect(all()).toEqual([
      'PublishFailedAlarm',
      'PublishErrorAlarm',
      'PollAlarm',
      'SiteStaleAlarm',
      'HeldLongAlarm',
      'NobodySubscribedAlarm',
      'RemindersFailedAlarm',
    ]);
    for (const name of all()) {
      expect(alarm(name).OKActions).toEqual([{ Ref: 'OperatorTopic' }]);
      // Where one of the two addresses is read by nobody, the other hears of it.
      const others = name === 'NobodySubscribedAlarm' ? [{ Ref: 'StaffTopic' }] : [];
      expect(alarm(name).AlarmActions).toEqual([{ Ref: 'OperatorTopic' }, ...others]);
    }
    expect(properties(cloudfront, 'OperatorTopic')).toMatchObject({
      Subscription: [{ Protocol: 'email', Endpoint: 'operator@example.jp' }],
    });
    expect(properties(cloudfront, 'StaffTopic')).toMatchObject({
      Subscription: [{ Protocol: 'email', Endpoint: 'staff@example.jp' }],
    });
    const { Statement } = policySchema.parse(properties(cloudfront, 'TopicPolicy')['PolicyDocument']);
    expect(Statement).toMatchObject([{ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['sns:Publish'] }]);
  });

  it('sound where the site was not brought up to date for 26 hours, whatever the reason', () => {
    const { Period = 0, EvaluationPeriods, TreatMissingData, ComparisonOperator } = alarm('SiteStaleAlarm');
    expect(Period * EvaluationPeriods).toBe(26 * 3600);
    expect({ TreatMissingData, ComparisonOperator }).toEqual({
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
    });
  });

  it('sound where a department has been held for three days', () => {
    expect(alarm('HeldLongAlarm')).toMatchObject({ MetricName: 'LongestHeldDays', Threshold: 3, EvaluationPeriods: 1 });
  });

  it('say that errors are over when a run got through, and not because nothing ran', () => {
    expect(alarm('PublishErrorAlarm')).toMatchObject({ TreatMissingData: 'ignore', Threshold: 1 });
    expect(alarm('PollAlarm')).toMatchObject({
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
    });
    const expression = (name: string) => alarm(name).Metrics?.find(({ Expression }) => Expression)?.Expression;
    expect(expression('PublishErrorAlarm')).toBe('IF(runs > errors, 0, errors)');
    expect(expression('PollAlarm')).toBe('runs - errors');
    for (const name of ['PublishErrorAlarm', 'PollAlarm']) {
      expect(alarm(name).Metrics?.filter(({ ReturnData }) => ReturnData !== false)).toHaveLength(1);
    }
  });

  it('sound where no check of the sheet takes place: an hour after the longest time between two checks', () => {
    const schedules = ofType(cloudfront, 'AWS::Scheduler::Schedule')
      .filter(([, schedule]) => JSON.stringify(schedule).includes('PollLambdaFunction'))
      .map(([, schedule]) => z.object({ ScheduleExpression: z.string() }).parse(schedule).ScheduleExpression);
    // Written as `pollSilenceHours` in serverless.yml.
    expect(alarm('PollAlarm').EvaluationPeriods).toBe(Math.ceil(longestGapMinutes(schedules) / 60) + 1);
    expect(properties(cloudfront, 'PollAlarm')).toMatchObject({ ActionsEnabled: true });
    // A stage for trying out is checked by hand.
    expect(properties(website, 'PollAlarm')).toMatchObject({ ActionsEnabled: false });
  });

  it('look back no further than CloudWatch does', () => {
    for (const name of all()) {
      const { Period, Metrics, EvaluationPeriods } = alarm(name);
      const period = Period ?? Number(/"Period":(\d+)/u.exec(JSON.stringify(Metrics))?.[1]);
      expect(period * EvaluationPeriods).toBeLessThanOrEqual(period >= 3600 ? 604_800 : 86_400);
    }
  });

  it('watch figures that are measured, under the names by which they are measured', async () => {
    const now = new Date('2025-04-01T00:00:00Z');
    const objects = { written: 0, unchanged: 0, deleted: 0 };
    const report = {
      outcome: 'unchanged',
      release: null,
      municipality: null,
      scheme: defaultScheme,
      held: [],
      issues: [],
      objects,
      completeness: [],
      standings: [],
      differences: [],
      sourceFailure: null,
    } as const;
    const measured = Object.keys(figuresOf(report, recordRun(null, report, { now, reason: 'nightly' }), now));
    const { readFile } = await import('node:fs/promises');
    const byHand = await readFile(new URL('../../functions/publish.ts', import.meta.url), 'utf8');
    for (const name of all()) {
      const { Namespace, MetricName = '', Dimensions } = alarm(name);
      if (Namespace === undefined || Namespace.startsWith('AWS/')) continue;
      if (!byHand.includes(`measure({ ${MetricName}:`)) expect(measured).toContain(MetricName);
      expect({ Namespace, Dimensions }).toEqual({
        Namespace: 'Mokuhyo',
        Dimensions: [
          { Name: 'service', Value: 'mokuhyo' },
          { Name: 'stage', Value: 'prod' },
        ],
      });
    }
  });

  it('say in which part of the runbook to read on', async () => {
    const { readFile } = await import('node:fs/promises');
    const runbook = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    for (const name of all()) {
      const title = /docs\/operations\.md の「([^」]+)」/u.exec(alarm(name).AlarmDescription)?.[1];
      expect(runbook).toContain(`\n## ${title}\n`);
    }
  });
});

describe('what a person is told after a deployment', () => {
  it.each([
    ['cloudfront', ['DistributionId', 'SiteAddress', 'SiteLocation', 'StateLocation']],
    ['cloudfront with a domain', ['DistributionId', 'DnsTarget', 'SiteAddress', 'SiteLocation', 'StateLocation']],
    ['website with a domain', ['DnsTarget', 'SiteAddress', 'SiteLocation', 'StateLocation']],
    ['website with a folder', ['SiteAddress', 'SiteLocation', 'StateLocation']],
  ])('%s', (variant, expected) => {
    const outputs = workedOut()[variant]?.outputs ?? {};
    const told = Object.keys(outputs).filter((name) => /^(?:Site|State|Dns|Distribution)/u.test(name));
    expect(told.toSorted()).toEqual(expected);
    if (variant === 'cloudfront with a domain') expect(outputs['DnsTarget']).toBe('d111111abcdef8.cloudfront.net');
    if (variant === 'website with a domain') {
      expect(outputs['DnsTarget']).toBe('goals.example.jp.s3-website-ap-northeast-1.amazonaws.com');
    }
  });
});

describe('a wrong parameter', () => {
  it('is refused before anything is packaged, with a sentence', async () => {
    const refused = packagedTemplate('--stage', 'prod', '--param', 'sitePrefix=goals', ...withDomain);
    await expect(refused).rejects.toThrow(/sitePrefix は、goals\/ のように最後に \/ を付けてください/u);
    await expect(refused).rejects.toThrow(/domain を使うには、そのホスト名の証明書も必要です/u);
  });
});

describe('a role that Google is told of', () => {
  it('keeps to the 127 letters of a subject at Google, whatever the stage', () => {
    const role = `mokuhyo-${'x'.repeat(16)}-ap-northeast-1-publish`;
    expect(`arn:aws:sts::123456789012:assumed-role/${role}/mokuhyo-${'x'.repeat(16)}-publish`.length).toBeLessThan(128);
  });
});

describe('the distribution', () => {
  const config = (template: CloudFormationTemplate) =>
    z.object({ DistributionConfig: z.record(z.string(), z.unknown()) }).parse(properties(template, 'Distribution'))
      .DistributionConfig;

  it('reads the private bucket as itself, by HTTPS only, compressed, with the viewer function', () => {
    expect(config(cloudfront)).toMatchObject({
      DefaultRootObject: 'index.html',
      Origins: [
        {
          DomainName: { 'Fn::GetAtt': ['SiteBucket', 'RegionalDomainName'] },
          OriginAccessControlId: { 'Fn::GetAtt': ['OriginAccessControl', 'Id'] },
        },
        { DomainName: { 'Fn::GetAtt': ['PreviewBucket', 'RegionalDomainName'] } },
      ],
      DefaultCacheBehavior: {
        ViewerProtocolPolicy: 'redirect-to-https',
        Compress: true,
        ResponseHeadersPolicyId: { Ref: 'ResponseHeaders' },
        FunctionAssociations: [
          {
            EventType: 'viewer-request',
            FunctionARN: { 'Fn::GetAtt': ['ViewerRequest', 'FunctionMetadata.FunctionARN'] },
          },
        ],
      },
      CustomErrorResponses: [
        { ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/404.html' },
        { ErrorCode: 404, ResponseCode: 404, ResponsePagePath: '/404.html' },
      ],
    });
    expect(properties(cloudfront, 'ViewerRequest')).toMatchObject({
      AutoPublish: true,
      FunctionCode: expect.stringContaining('function handler(event)'),
    });
  });

  it('sends the headers for which the pages are made', () => {
    const { ResponseHeadersPolicyConfig } = properties(cloudfront, 'ResponseHeaders');
    expect(ResponseHeadersPolicyConfig).toMatchObject({
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: contentSecurityPolicy, Override: true },
        ContentTypeOptions: { Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: true },
      },
      CustomHeadersConfig: { Items: [{ Header: 'Permissions-Policy', Value: expect.stringContaining('camera=()') }] },
    });
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'");
  });

  it('is not there in the website variant', () => {
    expect(Object.values(website.Resources).filter(({ Type }) => Type.startsWith('AWS::CloudFront'))).toEqual([]);
  });
});

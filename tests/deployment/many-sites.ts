import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  notFoundEnvironment,
  reportSitesEnvironment,
  watchSitesEnvironment,
  workSiteEnvironment,
} from '../../functions/environment.ts';
import { fleetFigures, fleetReportKey } from '../../lib/fleet/fleet-report.ts';
import { operatorsPageKey } from '../../lib/fleet/operators-page.ts';
import { paceKey } from '../../lib/fleet/shared-pace.ts';
import { watchKey } from '../../lib/fleet/watch-sites.ts';
import type { CloudFormationTemplate, WorkedOut } from '../support/cloudformation-values.ts';
import { fleetNow, sampleFleet } from '../support/fleet-report.ts';
import { ofType, policySchema, properties, rightsOf } from './template-parts.ts';

/** The deployment of many cities, serverless-sites.yml. Its resources and rights are held against AWS's own schemas with those of one city. */
export function describeSites(
  every: () => Readonly<Record<string, CloudFormationTemplate>>,
  workedOut: () => Readonly<Record<string, WorkedOut>>,
): void {
  const variant = (name: 'sites' | 'sites with host names'): CloudFormationTemplate => {
    const template = every()[name];
    if (template === undefined) throw new Error(`There is no ${name}.`);
    return template;
  };
  const sites = () => variant('sites');

  describe('many cities in one deployment', () => {
    it('have the roles of the list, with these rights and no others', () => {
      const allowed = {
        WatchSitesRole: [
          'Allow logs:CreateLogStream logs:PutLogEvents on WatchSitesLogGroup',
          'Allow ssm:GetParameter on parameter/mokuhyo/prod/google-credentials',
          'Allow s3:GetObject on StateBucket/sites.json',
          'Allow s3:GetObject s3:PutObject on StateBucket/fleet/*',
          'Allow s3:ListBucket on StateBucket',
          'Allow sqs:SendMessage on WorkQueue NightQueue',
        ],
        WorkSiteRole: [
          'Allow logs:CreateLogStream logs:PutLogEvents on WorkSiteLogGroup',
          'Allow ssm:GetParameter on parameter/mokuhyo/prod/google-credentials',
          'Allow s3:GetObject s3:PutObject s3:DeleteObject on SiteBucket/*',
          'Allow s3:GetObject s3:PutObject s3:DeleteObject on StateBucket/*',
          'Deny s3:PutObject s3:DeleteObject on StateBucket/sites.json',
          'Allow s3:ListBucket on StateBucket',
          'Allow s3:ListBucket on SiteBucket',
          'Allow s3:PutObject s3:DeleteObject on PreviewBucket/*',
          'Allow sqs:ReceiveMessage sqs:DeleteMessage sqs:ChangeMessageVisibility sqs:GetQueueAttributes sqs:SendMessage on WorkQueue NightQueue',
          'Allow ses:SendEmail on identity/*',
          `Allow cloudfront:CreateInvalidation on distribution/${'$'}{Distribution}`,
        ],
        ReportSitesRole: [
          'Allow logs:CreateLogStream logs:PutLogEvents on ReportSitesLogGroup',
          'Allow s3:GetObject on StateBucket/sites.json',
          'Allow s3:GetObject on StateBucket/report.json StateBucket/night.json StateBucket/sites/*',
          'Allow s3:GetObject s3:PutObject on StateBucket/fleet/*',
          'Allow s3:ListBucket on StateBucket',
          'Allow s3:GetObject s3:PutObject on SiteBucket/robots.txt SiteBucket/404.html',
          'Allow s3:ListBucket on SiteBucket',
        ],
        NotFoundRole: [
          'Allow logs:CreateLogStream logs:PutLogEvents on NotFoundLogGroup',
          'Allow s3:GetObject on SiteBucket/*404.html',
          'Allow s3:ListBucket on SiteBucket',
        ],
        ScheduleRole: ['Allow lambda:InvokeFunction on WatchSitesLambdaFunction ReportSitesLambdaFunction'],
      };
      expect(ofType(sites(), 'AWS::IAM::Role').map(([name]) => name)).toEqual(Object.keys(allowed));
      for (const [role, rights] of Object.entries(allowed)) expect(rightsOf(sites(), role)).toEqual(rights);
      const text = JSON.stringify(ofType(sites(), 'AWS::IAM::Role'));
      expect(text).not.toMatch(/"(?:Resource|Action|NotAction|NotResource)":\s*(?:\[\s*)?"\*"/u);
      expect(text).not.toMatch(/"\w+:\*"/u);
      // Mails have one sender.
      expect(text).toContain('"StringEquals":{"ses:FromAddress":"goals@example.jp"}');
    });

    it('are worked from queues: one message at a time, three tries, and what failed is kept', () => {
      const queues = Object.fromEntries(ofType(sites(), 'AWS::SQS::Queue'));
      expect(Object.keys(queues)).toEqual(['WorkQueue', 'NightQueue', 'FailedWork']);
      const { Timeout } = z.object({ Timeout: z.number() }).parse(properties(sites(), 'WorkSiteLambdaFunction'));
      for (const name of ['WorkQueue', 'NightQueue']) {
        const { VisibilityTimeout } = z.object({ VisibilityTimeout: z.number() }).parse(queues[name]);
        expect(VisibilityTimeout).toBeGreaterThan(6 * Timeout);
        expect(queues[name]).toMatchObject({
          SqsManagedSseEnabled: true,
          RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['FailedWork', 'Arn'] }, maxReceiveCount: 3 },
        });
      }
      expect(queues['FailedWork']).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
      const mapping = (queue: string, MaximumConcurrency: number) => ({
        BatchSize: 1,
        EventSourceArn: { 'Fn::GetAtt': [queue, 'Arn'] },
        FunctionName: { 'Fn::GetAtt': ['WorkSiteLambdaFunction', 'Arn'] },
        Enabled: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency },
      });
      expect(ofType(sites(), 'AWS::Lambda::EventSourceMapping').map(([, given]) => given)).toMatchObject([
        mapping('WorkQueue', 4),
        mapping('NightQueue', 2),
      ]);
    });

    it('are watched each minute, and reported on each quarter of an hour', () => {
      expect(ofType(sites(), 'AWS::Scheduler::Schedule').map(([, given]) => given)).toMatchObject([
        {
          ScheduleExpression: 'rate(1 minute)',
          Target: { Arn: { 'Fn::GetAtt': ['WatchSitesLambdaFunction', 'Arn'] } },
        },
        {
          ScheduleExpression: 'rate(15 minutes)',
          Target: { Arn: { 'Fn::GetAtt': ['ReportSitesLambdaFunction', 'Arn'] } },
        },
      ]);
      const { Timeout } = z.object({ Timeout: z.number() }).parse(properties(sites(), 'WatchSitesLambdaFunction'));
      expect(Timeout).toBeLessThan(60);
      expect(properties(sites(), 'WatchSitesLambdaEvConf')).toMatchObject({ MaximumRetryAttempts: 0 });
    });

    it('have functions on Node 24, arm64, that accept the environment that they are given', () => {
      const functions = workedOut()['sites with host names']?.resources ?? {};
      const variablesOf = (name: string): Record<string, string> => {
        const given = functions[`${name}LambdaFunction`]?.Properties;
        expect(given).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
        return z.object({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }) }).parse(given)
          .Environment.Variables;
      };
      const state = 'mokuhyo-prod-statebucket-1abcdefghijkl';
      const site = 'mokuhyo-prod-sitebucket-1abcdefghijkl';
      const google = { kind: 'parameter', name: '/mokuhyo/prod/google-credentials' };
      const SITES = { folder: `s3://${state}`, key: 'sites.json' };
      const queue = (name: string) => expect.stringMatching(new RegExp(`^https://sqs\\..*mokuhyo-prod-${name}-`, 'u'));
      const queues = { WORK_QUEUE_URL: queue('WorkQueue'), NIGHT_QUEUE_URL: queue('NightQueue') };
      expect(watchSitesEnvironment(variablesOf('WatchSites'))).toMatchObject({
        SITES,
        STATE_BUCKET: state,
        google,
        ...queues,
      });
      expect(workSiteEnvironment(variablesOf('WorkSite'))).toMatchObject({
        SITES,
        STATE_BUCKET: state,
        SITE_BUCKET: site,
        PREVIEW_BUCKET: 'mokuhyo-prod-previewbucket-1abcdefghijkl',
        MAIL_FROM: 'goals@example.jp',
        DISTRIBUTION_ID: 'E1A2B3C4D5E6F7',
        REMINDER_DAYS: 7,
        google,
        ...queues,
      });
      expect(reportSitesEnvironment(variablesOf('ReportSites'))).toMatchObject({
        SITES,
        SITE_BUCKET: site,
        SITE_URL: 'https://goals.example.jp/',
      });
      expect(notFoundEnvironment(variablesOf('NotFound'))).toEqual({ SITE_BUCKET: site });
    });

    it('share one distribution and one policy of headers, whatever their number', () => {
      const count = (type: string) => ofType(sites(), type).length;
      expect(count('AWS::CloudFront::Distribution')).toBe(1);
      // That of the sites, and that of the previews.
      expect(count('AWS::CloudFront::ResponseHeadersPolicy')).toBe(2);
      expect(properties(variant('sites with host names'), 'Distribution')).toMatchObject({
        DistributionConfig: { Aliases: ['goals.example.jp', 'goals.kawa.example.jp', 'goals.umi.example.jp'] },
      });
      const [[, viewerRequest] = []] = ofType(variant('sites with host names'), 'AWS::CloudFront::Function');
      expect(viewerRequest).toMatchObject({
        FunctionCode: expect.stringContaining('{"goals.kawa.example.jp":"kawa","goals.umi.example.jp":"umi"}'),
      });
      expect(workedOut()['sites']?.resources['Distribution']?.Properties).toMatchObject({
        DistributionConfig: { Aliases: [], ViewerCertificate: { CloudFrontDefaultCertificate: true } },
      });
    });

    it('answer for what is not there with the page of the city, by a function that CloudFront alone may call', () => {
      expect(workedOut()['sites']?.resources['Distribution']?.Properties).toMatchObject({
        DistributionConfig: {
          DefaultCacheBehavior: { TargetOriginId: 'sites-or-not-found' },
          OriginGroups: {
            Items: [
              {
                Id: 'sites-or-not-found',
                FailoverCriteria: { StatusCodes: { Items: [403, 404] } },
                Members: { Items: [{ OriginId: 'sites' }, { OriginId: 'not-found' }] },
              },
            ],
          },
          Origins: [
            { Id: 'sites' },
            { Id: 'not-found', DomainName: 'abcdefghijklmnop.lambda-url.ap-northeast-1.on.aws' },
            { Id: 'previews' },
          ],
        },
      });
      expect(properties(sites(), 'NotFoundLambdaFunctionUrl')).toMatchObject({ AuthType: 'AWS_IAM' });
      const permissions = ofType(sites(), 'AWS::Lambda::Permission').map(([, given]) => given);
      expect(permissions).toMatchObject([
        { Action: 'lambda:InvokeFunctionUrl', Principal: 'cloudfront.amazonaws.com', FunctionUrlAuthType: 'AWS_IAM' },
        { Action: 'lambda:InvokeFunction', Principal: 'cloudfront.amazonaws.com', InvokedViaFunctionUrl: true },
      ]);
      for (const { SourceArn } of permissions)
        expect(JSON.stringify(SourceArn)).toContain(`:distribution/${'$'}{Distribution}`);
    });

    it('have previews under an address of 32 letters, and no department is taken for one', () => {
      const { DistributionConfig } = z
        .object({
          DistributionConfig: z.object({ CacheBehaviors: z.tuple([z.object({ PathPattern: z.string() }).loose()]) }),
        })
        .parse(properties(sites(), 'Distribution'));
      const [behavior] = DistributionConfig.CacheBehaviors;
      expect(behavior).toMatchObject({
        TargetOriginId: 'previews',
        ResponseHeadersPolicyId: { Ref: 'PreviewHeaders' },
      });
      const pattern = new RegExp(
        `^${behavior.PathPattern.replaceAll(/[.*?]/gu, (letter) => (letter === '*' ? '.*' : letter === '?' ? '.' : '\\.'))}$`,
        'u',
      );
      const token = '0123456789abcdef0123456789abcdef';
      for (const path of [
        `/preview/${token}/`,
        `/kawa/preview/${token}/2024/`,
        `/ken/kawa/preview/${token}/index.html`,
      ])
        expect(path).toMatch(pattern);
      for (const path of ['/kawa/2024/preview/', '/kawa/2024/preview/index.html', '/preview/', '/kawa/preview/x/'])
        expect(path).not.toMatch(pattern);
    });

    it('are private, but for the pages that CloudFront reads', () => {
      const buckets = ofType(sites(), 'AWS::S3::Bucket');
      expect(buckets.map(([name]) => name)).toEqual([
        'ServerlessDeploymentBucket',
        'StateBucket',
        'SiteBucket',
        'PreviewBucket',
      ]);
      for (const [, bucket] of buckets)
        expect(bucket).toMatchObject({
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        });
      const allows = ofType(sites(), 'AWS::S3::BucketPolicy').flatMap(([, { PolicyDocument }]) =>
        policySchema.parse(PolicyDocument).Statement.filter(({ Effect }) => Effect === 'Allow'),
      );
      expect(allows).toHaveLength(2);
      for (const allow of allows) expect(allow).toMatchObject({ Principal: { Service: 'cloudfront.amazonaws.com' } });
    });

    it('are kept where a deployment of one city has its own, so that it becomes one of many and loses nothing', () => {
      for (const name of ['StateBucket', 'SiteBucket', 'PreviewBucket', 'Distribution', 'OperatorTopic']) {
        expect(sites().Resources[name]?.Type).toBe(every()['cloudfront']?.Resources[name]?.Type);
        expect(sites().Resources[name]?.DeletionPolicy).toBe(every()['cloudfront']?.Resources[name]?.DeletionPolicy);
      }
    });

    it('leave nothing behind for ever: old versions go, what is made anew each minute at once', () => {
      expect(properties(sites(), 'StateBucket')).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [
            { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } },
            { Status: 'Enabled', Prefix: 'fleet/', NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
            { Status: 'Enabled', ExpiredObjectDeleteMarker: true },
          ],
        },
      });
      for (const key of [watchKey, paceKey, fleetReportKey, operatorsPageKey]) expect(key).toMatch(/^fleet\//u);
    });

    const alarmNames = [
      'CitiesStaleAlarm',
      'CitiesFailedAlarm',
      'CitiesHeldLongAlarm',
      'QueueAgeAlarm',
      'WorkFailedAlarm',
      'WatchAlarm',
    ];

    it('have few alarms, of figures that are measured and that name no city', () => {
      const alarms = ofType(sites(), 'AWS::CloudWatch::Alarm');
      expect(alarms.map(([name]) => name)).toEqual(alarmNames);
      const measured = Object.keys(fleetFigures(sampleFleet(), fleetNow));
      for (const [, alarm] of alarms) {
        expect(alarm).toMatchObject({
          AlarmActions: [{ Ref: 'OperatorTopic' }],
          OKActions: [{ Ref: 'OperatorTopic' }],
        });
        if (alarm['Namespace'] !== 'Mokuhyo') continue;
        expect(measured).toContain(alarm['MetricName']);
        expect(alarm['Dimensions']).toEqual([
          { Name: 'service', Value: 'mokuhyo' },
          { Name: 'stage', Value: 'prod' },
        ]);
      }
      const queueOf = (name: string) =>
        z.object({ Dimensions: z.array(z.unknown()) }).parse(properties(sites(), name)).Dimensions;
      expect(queueOf('QueueAgeAlarm')).toEqual([
        { Name: 'QueueName', Value: { 'Fn::GetAtt': ['WorkQueue', 'QueueName'] } },
      ]);
      expect(queueOf('WorkFailedAlarm')).toEqual([
        { Name: 'QueueName', Value: { 'Fn::GetAtt': ['FailedWork', 'QueueName'] } },
      ]);
      // Where nobody counts any more, that is known too.
      expect(properties(sites(), 'CitiesStaleAlarm')).toMatchObject({ TreatMissingData: 'breaching', Threshold: 1 });
      expect(properties(sites(), 'WatchAlarm')).toMatchObject({ TreatMissingData: 'breaching' });
    });

    it('have alarms that say in which part of the handbook to read on', () => {
      const handbook = readFileSync(new URL('../../docs/prefecture.md', import.meta.url), 'utf8');
      for (const name of alarmNames) {
        const description = z.string().parse(properties(sites(), name)['AlarmDescription']);
        const title = /docs\/prefecture\.md の「([^」]+)」/u.exec(description)?.[1];
        expect(handbook).toContain(`\n### ${title}\n`);
      }
    });

    it('have functions that Google can be told of, whatever the stage', () => {
      for (const name of ['watch-sites', 'work-site']) {
        const stage = 'x'.repeat(16);
        const role = `mokuhyo-${stage}-ap-northeast-1-${name}`;
        const subject = `arn:aws:sts::123456789012:assumed-role/${role}/mokuhyo-${stage}-${name}`;
        expect(subject.length).toBeLessThan(128);
      }
    });

    it('are told of after a deployment', () => {
      const told = Object.keys(workedOut()['sites']?.outputs ?? {}).filter((name) => !name.startsWith('Serverless'));
      expect(told).toEqual(
        expect.arrayContaining([
          'DistributionId',
          'DnsTarget',
          'FailedWorkUrl',
          'OperatorTopicArn',
          'OperatorsPageLocation',
          'PreviewLocation',
          'SiteAddress',
          'SiteLocation',
          'SitesLocation',
          'StateLocation',
        ]),
      );
    });
  });
}

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { faultsOf } from '../support/aws-handlers.ts';
import { templateFile, type WorkedOut, workOut } from '../support/cloudformation-values.ts';

/** Limits that the schemas do not say. */
const longestNames: Readonly<Record<string, readonly [property: string, longest: number, form: RegExp]>> = {
  'AWS::IAM::Role': ['RoleName', 64, /^[\w+=,.@-]+$/u],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 128, /^[\w+=,.@-]+$/u],
  'AWS::Lambda::Function': ['FunctionName', 64, /^[\w-]+$/u],
  'AWS::Scheduler::Schedule': ['Name', 64, /^[\w.-]+$/u],
  'AWS::CloudFront::Function': ['Name', 64, /^[\w-]+$/u],
  'AWS::S3::Bucket': ['BucketName', 63, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u],
  'AWS::SNS::Topic': ['DisplayName', 100, /^[\x20-\x7e]+$/u],
};

/** Without white space, as IAM counts. */
const sizeOf = (policy: unknown): number => JSON.stringify(policy).length;

const roleSchema = z.object({
  AssumeRolePolicyDocument: z.unknown(),
  PermissionsBoundary: z.string().optional(),
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
});

/** Every resource of every template, held against what CloudFormation and the services take. */
export function describeSchemas(variants: () => Readonly<Record<string, WorkedOut>>): void {
  const all = async (): Promise<readonly (readonly [where: string, stack: WorkedOut])[]> => [
    ...Object.entries(variants()),
    [
      'boundary.yml',
      workOut(await templateFile('boundary.yml'), 'mokuhyo-boundary-prod', {
        Stage: 'prod',
        WebsiteBucket: 'goals.example.jp',
        Sites: 'true',
      }),
    ],
    [
      'github-access.yml',
      workOut(await templateFile('github-access.yml'), 'mokuhyo-github-prod', {
        Stage: 'prod',
        Repository: 'city/goals',
        OwnerId: '1234567',
        RepositoryId: '987654321',
        ProviderExists: 'false',
        Sites: 'true',
      }),
    ],
  ];

  describe('every resource', () => {
    it('is what the schema of its type takes', async () => {
      const faults: string[] = [];
      for (const [where, { resources }] of await all()) {
        for (const [name, { Type, Properties }] of Object.entries(resources)) {
          faults.push(...faultsOf(Type, Properties).map((fault) => `${where} ${name} (${Type}): ${fault}`));
        }
      }
      expect(faults).toEqual([]);
    });

    it('has a name that its service takes', async () => {
      for (const [, { resources }] of await all()) {
        for (const { Type, Properties } of Object.values(resources)) {
          const [property = '', longest = 0, form = /^/u] = longestNames[Type] ?? [];
          const name = z.string().optional().parse(Properties[property]);
          if (name === undefined) continue;
          expect(name).toMatch(form);
          expect(name.length).toBeLessThanOrEqual(longest);
        }
      }
    });

    it('has policies of a size that IAM takes', async () => {
      for (const [, { resources }] of await all()) {
        for (const { Type, Properties } of Object.values(resources)) {
          if (Type === 'AWS::IAM::ManagedPolicy')
            expect(sizeOf(Properties['PolicyDocument'])).toBeLessThanOrEqual(6_144);
          if (Type !== 'AWS::IAM::Role') continue;
          const { AssumeRolePolicyDocument, Policies } = roleSchema.parse(Properties);
          expect(sizeOf(AssumeRolePolicyDocument)).toBeLessThanOrEqual(2_048);
          expect(Policies.reduce((sum, policy) => sum + sizeOf(policy.PolicyDocument), 0)).toBeLessThanOrEqual(10_240);
        }
      }
    });

    it('is in a template that CloudFormation takes', async () => {
      for (const [, { resources, outputs }] of await all()) {
        expect(Object.keys(resources).length).toBeLessThanOrEqual(500);
        expect(Object.keys(outputs).length).toBeLessThanOrEqual(200);
      }
    });

    it('is called by names that are free in another region and for another stage, where the whole account knows them', async () => {
      const known = [
        'AWS::IAM::Role',
        'AWS::IAM::ManagedPolicy',
        'AWS::CloudFront::Function',
        'AWS::CloudFront::OriginAccessControl',
        'AWS::CloudFront::ResponseHeadersPolicy',
      ];
      for (const [, { resources }] of await all()) {
        for (const { Type, Properties } of Object.values(resources)) {
          if (!known.includes(Type)) continue;
          expect(JSON.stringify(Properties)).toMatch(
            /"(?:Role|ManagedPolicy)?Name":"mokuhyo-(?:github-)?(?:prod|dev)-ap-northeast-1(?:-|")/u,
          );
        }
      }
    });
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templateFile, workOut } from '../support/cloudformation-values.ts';

const folder = new URL('../../.github/workflows/', import.meta.url);
const workflows = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);

describe('the workflows', () => {
  it('are those of the repository', () => {
    expect(workflows.map(([name]) => name).toSorted()).toEqual(['ci.yml', 'deploy.yml', 'publish.yml', 'rollback.yml']);
  });

  it.each(workflows)(
    '%s pins its actions by hash, and keeps no credential and no right that it does not need',
    (_, text) => {
      for (const [, action = ''] of text.matchAll(/uses: (.*)/gu)) {
        expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
      }
      const granted = [...text.matchAll(/^ +([\w-]+): (?:read|write)$/gmu)].map(([line]) => line.trim());
      expect(['contents: read', 'id-token: write']).toEqual(expect.arrayContaining(granted));
      expect(text).toMatch(/^permissions:/mu);
      expect(text).not.toContain('secrets.');
      expect(text.match(/actions\/checkout@/gu)?.length ?? 0).toBe(
        text.match(/persist-credentials: false/gu)?.length ?? 0,
      );
    },
  );

  it.each(workflows)('%s puts no input into a script', (_, text) => {
    const scripts = [...text.matchAll(/- run: (?:\|\n(?:(?: {10}.*)?\n)+|.*)/gu)].map(([script]) => script);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  it('may ask who they are only in the job that needs it, in which nothing runs while packages are installed', () => {
    for (const [, text] of workflows) {
      for (const job of text
        .slice(text.indexOf('\njobs:'))
        .split(/\n {2}(?=[\w-]+:\n)/u)
        .slice(1)) {
        const isTrusted = job.includes('id-token: write');
        expect(isTrusted).toBe(job.includes('aws-actions/configure-aws-credentials'));
        if (isTrusted) expect(job).not.toMatch(/npm (?:ci|i|install)(?! --ignore-scripts)\b/u);
      }
    }
  });

  it('that only operate do so in an environment of their own, which needs no reviewer', () => {
    const environments = Object.fromEntries(
      workflows.map(([name, text]) => [
        name,
        [...text.matchAll(/^ {4}environment: (.*)$/gmu)].map(([, given]) => given),
      ]),
    );
    const stage = '${' + '{ inputs.stage }}';
    expect(environments).toEqual({
      'ci.yml': [],
      'deploy.yml': [stage],
      'publish.yml': [`${stage}-operate`],
      'rollback.yml': [`${stage}-operate`],
    });
  });

  it('take the region from the one place that says it', () => {
    const [, region] =
      /^ {4}region: (.*)$/mu.exec(readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8')) ?? [];
    expect(region).toBe('ap-northeast-1');
    for (const [, text] of workflows) expect(text).not.toContain(region);
  });

  it('are who they are by their environment alone, in the older form of the name and in the one with numbers', async () => {
    const given = { Stage: 'prod', Repository: 'city/goals', ProviderExists: 'true' };
    const conditionOf = async (role: string, more: Readonly<Record<string, string>> = {}) => {
      const { resources } = workOut(await templateFile('github-access.yml'), 'mokuhyo-github-prod', {
        ...given,
        ...more,
      });
      const document = JSON.stringify(resources[role]?.Properties['AssumeRolePolicyDocument']);
      expect(document).not.toContain('StringLike');
      return {
        audience: /"token\.actions\.githubusercontent\.com:aud":"([^"]*)"/u.exec(document)?.[1],
        subjects: JSON.parse(/"token\.actions\.githubusercontent\.com:sub":(\[[^\]]*\])/u.exec(document)?.[1] ?? '[]'),
      };
    };
    expect(await conditionOf('DeployRole')).toEqual({
      audience: 'sts.amazonaws.com',
      subjects: ['repo:city/goals:environment:prod'],
    });
    expect(await conditionOf('DeployRole', { OwnerId: '123', RepositoryId: '456' })).toEqual({
      audience: 'sts.amazonaws.com',
      subjects: ['repo:city/goals:environment:prod', 'repo:city@123/goals@456:environment:prod'],
    });
    expect((await conditionOf('OperateRole', { OwnerId: '123', RepositoryId: '456' })).subjects).toEqual([
      'repo:city/goals:environment:prod-operate',
      'repo:city@123/goals@456:environment:prod-operate',
    ]);
  });
});

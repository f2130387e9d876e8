import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../.github/workflows/', import.meta.url);
const workflows = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);
const access = readFileSync(new URL('../../deploy/github-access.yml', import.meta.url), 'utf8');

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

  it('are who they are by their environment alone', () => {
    const subjects = [...access.matchAll(/:sub: (.*)/gu)].map(([, subject]) => subject);
    expect(subjects).toEqual(['!Sub repo:${' + 'Repository}:environment:${' + 'Stage}']);
    expect(access).toContain(
      'StringEquals:\n                token.actions.githubusercontent.com:aud: sts.amazonaws.com',
    );
    expect(access).not.toContain('StringLike');
  });
});

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const systemChromium = '/usr/bin/chromium';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Chromium extends AsyncDisposable {
  readonly context: BrowserContext;
  /** Where the browser takes orders in its own protocol, for tools that bring their own driver. */
  readonly debuggingPort: number;
}

/**
 * Real Chromium with a fresh profile: the machine's where there is one, else the one that npm brought. It ends and its
 * profile goes with the value.
 */
export async function startChromium(): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'mokuhyo-chromium-'));
  const { path, args } = await executable();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: path,
    args: [...quiet, ...args, '--remote-debugging-port=0'],
    headless: true,
    locale: 'ja-JP',
  });
  const [port = ''] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  return {
    context,
    debuggingPort: Number(port),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function executable(): Promise<{ path: string; args: string[] }> {
  if (existsSync(systemChromium)) return { path: systemChromium, args: [] };
  const { default: packaged } = await import('@sparticuz/chromium');
  return { path: await packaged.executablePath(), args: packaged.args };
}

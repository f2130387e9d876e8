import { existsSync } from 'node:fs';

/** Whether the tools of `tests/package.json` are installed: a browser's driver, Lighthouse, the HTML validators, a second S3 server. */
export const hasTools = existsSync(new URL('../node_modules/playwright-core', import.meta.url));

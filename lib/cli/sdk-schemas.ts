import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * For esbuild: of the schemas of the AWS SDK, those that are used.
 *
 * The SDK describes all requests of a service in one file, with keys that are constants (`{ [_hH]: _xasseca }`). A computed key may
 * run code, so a bundler keeps it: 90 kB about requests that nobody sends went into every bundle, and were made anew by every
 * start. With the keys written out it sees what can be left out. Where the SDK changes the form of the file, nothing is lost but the gain.
 */
export const usedSchemas: Plugin = {
  name: 'used-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const constants = new Map<string, string>();
      for (const [, name = '', value = ''] of text.matchAll(/^const (\w+) = ("[^"\\\n]*");$/gm))
        constants.set(name, value);
      return {
        contents: text.replace(/\[(\w+)\]:/g, (key, name: string) => {
          const value = constants.get(name);
          return value === undefined ? key : `${value}:`;
        }),
      };
    });
  },
};

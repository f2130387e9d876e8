import { registerHooks } from 'node:module';
import { unbundledPackages } from '../../tools/unbundled-packages.ts';

/**
 * Preloaded into a clone, makes it what an installed package is: without the packages that draw pictures and set documents, which are found
 * in neither place then.
 */
registerHooks({
  resolve(specifier, context, next) {
    if (!unbundledPackages.includes(specifier)) return next(specifier, context);
    throw Object.assign(new Error(`${specifier} is not installed.`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});

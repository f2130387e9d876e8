import { registerHooks } from 'node:module';

/**
 * Preloaded into a clone, makes it what an installed package is: without the packages that draw pictures and set documents, which are found
 * in neither place then.
 */
const absent = /^(?:sharp|harfbuzzjs|@myriaddreamin\/typst-ts-node-compiler)$/u;

registerHooks({
  resolve(specifier, context, next) {
    if (!absent.test(specifier)) return next(specifier, context);
    throw Object.assign(new Error(`${specifier} is not installed.`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});

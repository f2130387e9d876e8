#!/usr/bin/env node
import module from 'node:module';

/** Starts the bundled command line, as `dist/start.mjs`. Written so that an older Node reads it too, and can say what is missing. */
const needed = [22, 13];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  const version = needed.join('.');
  process.stderr.write(
    /^en/iu.test(process.env.LANG ?? '')
      ? `mokuhyo needs Node ${version} or later. This is ${process.versions.node}.\n`
      : `mokuhyoにはNode ${version}以上が必要です。お使いのNodeは${process.versions.node}です。\n`,
  );
  process.exitCode = 2;
} else {
  // Node's own compile cache is on before the program is read: the second start need not compile it again.
  module.enableCompileCache();
  await import('./mokuhyo.mjs');
}

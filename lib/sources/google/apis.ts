/**
 * The parts of Google's client that Mokuhyo uses, in a module of its own: loaded when a sheet is read, and not sooner. They are
 * CommonJS, of which a bundler that splits keeps the names only where they are imported like this.
 */
export { drive } from 'googleapis/build/src/apis/drive/index.js';
export { auth, sheets } from 'googleapis/build/src/apis/sheets/index.js';

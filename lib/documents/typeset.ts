import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { YearDocument } from '../pages/documents/year-document.ts';
import { errorCode } from '../system-error.ts';
import { type Glyphs, glyphsOf } from './glyphs.ts';
import { template } from './template.ts';

/** Sets documents in type, as tagged PDF by the standard for everybody (PDF/UA-1, ISO 14289-1). */
export interface Typesetter {
  /**
   * @param pictureOf the bytes of a portrait, by its address on the site
   * @throws Error where it cannot be set; what the library says is its message
   */
  set(document: YearDocument, pictureOf: (src: string) => Uint8Array): SetDocument;
}

export interface SetDocument {
  readonly pdf: Uint8Array;
  /** Characters that no font has, for which 〓 stands. */
  readonly unknown: readonly string[];
}

/** What stands for a letter that cannot be shown, as printers in Japan do it. */
const geta = '〓';

let loaded: Promise<Typesetter | null> | undefined;

/**
 * Loads the library that sets type, and its fonts; null where they are not installed. The library has native parts, so a program that is
 * one file does not bring it along. Loaded once in a process: a function that publishes again has its fonts still.
 */
export function typesetter(): Promise<Typesetter | null> {
  loaded ??= load().catch((error: unknown) => {
    // What failed once may work the next time.
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<Typesetter | null> {
  const library = await loadLibrary();
  if (library === null) return null;
  const { NodeCompiler, usual, rare, hanzi } = library;
  const compiler = NodeCompiler.create({
    // Nothing is read from it: what a document needs is handed over.
    workspace: path.join(tmpdir(), 'mokuhyo-documents'),
    fontArgs: [{ fontBlobs: [...usual, rare, hanzi].filter((font) => font !== null) }],
  });
  // The bold font has the same letters as the regular one.
  const glyphs = { usual: glyphsOf(usual[0]), rare: glyphsIn(rare), hanzi: glyphsIn(hanzi) };
  return {
    set(document, pictureOf) {
      const { shown, variants, unknown } = withGlyphs(document, glyphs);
      compiler.resetShadow();
      for (const { portraits } of shown.cards) {
        for (const { src } of portraits) {
          compiler.mapShadow(path.join(tmpdir(), 'mokuhyo-documents', src), Buffer.from(pictureOf(src)));
        }
      }
      const inputs = { document: JSON.stringify({ ...shown, variants }) };
      try {
        const compiled = compiler.compile({ mainFileContent: template, inputs });
        if (compiled.result === null) {
          throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'no diagnostics'));
        }
        return { pdf: compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }), unknown };
      } finally {
        compiler.evictCache(0);
      }
    },
  };
}

/** Puts 〓 for what cannot be shown, and finds the forms of letters for which the second font is needed. */
function withGlyphs(document: YearDocument, { usual, rare, hanzi }: Record<'usual' | 'rare' | 'hanzi', Glyphs>) {
  const unknown = new Set<string>();
  const variants = new Set<string>();
  const shownText = (text: string): string =>
    text.replaceAll(/\P{M}\p{Variation_Selector}|./gsu, (letter) => {
      const [character = 0, selector] = [...letter].map((one) => one.codePointAt(0) ?? 0);
      if (letter === '\n') return letter;
      const isKnown = [usual, rare, hanzi].some((font) => font.has(character));
      if (selector === undefined) {
        if (isKnown) return letter;
        // It is not to be seen in any font.
        if (/^\p{Default_Ignorable_Code_Point}$/u.test(letter)) return '';
      } else if (isKnown) {
        if (usual.hasVariant(character, selector)) return letter;
        if (rare.hasVariant(character, selector)) {
          variants.add(letter);
          return letter;
        }
        // The letter is there, in another form than the one asked for.
        if (/\p{Ideographic}/u.test(letter)) unknown.add(letter);
        return String.fromCodePoint(character);
      }
      unknown.add(letter);
      return geta;
    });
  const shown = JSON.parse(JSON.stringify(document), (_key, value: unknown) =>
    typeof value === 'string' ? shownText(value) : value,
  );
  return { shown: shown as YearDocument, variants: [...variants], unknown: [...unknown] };
}

function glyphsIn(font: Uint8Array | null): Glyphs {
  return font === null ? { has: () => false, hasVariant: () => false } : glyphsOf(font);
}

function absent(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}

async function loadLibrary() {
  const { resolve } = createRequire(import.meta.url);
  const installed = (file: string) => readFile(resolve(`@expo-google-fonts/biz-udgothic/${file}`));
  // A program that is one file does not bring them along: then rare letters are printed as 〓.
  const own = (file: string) => readFile(fileURLToPath(new URL(`fonts/${file}`, import.meta.url))).catch(absent);
  try {
    const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
    return {
      NodeCompiler,
      usual: [
        await installed('400Regular/BIZUDGothic_400Regular.ttf'),
        await installed('700Bold/BIZUDGothic_700Bold.ttf'),
      ] as const,
      rare: await own('MokuhyoRare-Regular.ttf'),
      hanzi: await own('MokuhyoHanzi-Regular.ttf'),
    };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return null;
    // Installed for another kind of machine.
    if (/typst|native binding/iu.test(String(error))) return null;
    throw error;
  }
}

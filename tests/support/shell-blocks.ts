import { readFileSync } from 'node:fs';

/** A piece of shell in a document, as a reader would paste it. */
export interface ShellBlock {
  /** The heading under which it stands. */
  readonly heading: string;
  readonly code: string;
}

export const documentText = (name: string): string =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');

/** Every fenced block of shell, in the order in which it stands; those within lists too. */
export function shellBlocks(name: string): ShellBlock[] {
  const blocks: ShellBlock[] = [];
  let heading = '';
  let open: { readonly indent: string; readonly lines: string[] } | null = null;
  for (const line of documentText(name).split('\n')) {
    if (open !== null) {
      if (line.trim() === '```') {
        blocks.push({ heading, code: open.lines.join('\n') });
        open = null;
      } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
      continue;
    }
    heading = /^#+ (.*)$/u.exec(line)?.[1] ?? heading;
    const indent = /^( *)```sh$/u.exec(line)?.[1];
    if (indent !== undefined) open = { indent, lines: [] };
  }
  return blocks;
}

/** What stands between single backquotes and begins like one of these commands. */
export function inlineCommands(name: string, begins: RegExp): string[] {
  const prose = documentText(name).replace(/^ *```[\s\S]*?^ *```$/gmu, '');
  return [...prose.matchAll(/`([^`\n]+)`/gu)].map(([, code = '']) => code).filter((code) => begins.test(code));
}

import type { Command } from './commands.ts';
import { commands } from './commands.ts';

type Language = 'ja' | 'en';

/** The help of the program as a whole. `program`: how it was started, and can be started again. */
export function programHelp(language: Language, program: string): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, help }) => `  ${name.padEnd(width)}  ${help[language]}`);
  const title =
    language === 'ja'
      ? ['Mokuhyo：目標のシートから公開サイトを作ります。', '', `使い方：${program} コマンド`, '']
      : ['Mokuhyo turns a sheet of departmental goals into a public site.', '', `Usage: ${program} COMMAND`, ''];
  return `${[...title, ...lines].join('\n')}\n`;
}

/** The help of one command. */
export function commandHelp(command: Command, language: Language, program: string): string {
  const options = Object.entries(command.options);
  const names = options.map(([name, { value }]) => (value === undefined ? `--${name}` : `--${name} ${value}`));
  const width = Math.max(...names.map((name) => name.length), 0);
  const usage = [
    program,
    command.name,
    ...command.positionals.map(({ name, required }) => (required ? name : `[${name}]`)),
    ...options.map(([, { required }], index) => (required === true ? names[index] : `[${names[index]}]`)),
  ].join(' ');
  const lines = options.map(([, { help }], index) => `  ${(names[index] ?? '').padEnd(width)}  ${help[language]}`);
  return `${[command.help[language], '', usage, '', ...lines].join('\n')}\n`;
}

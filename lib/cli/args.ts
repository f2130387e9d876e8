import { parseArgs } from 'node:util';
import { UsageError } from './usage.ts';
import type { Words } from './words.ts';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help: `DIR`. */
  readonly value?: string;
  readonly required?: boolean;
  readonly help: { readonly ja: string; readonly en: string };
}

export interface CommandSpec {
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly positionals: readonly { readonly name: string; readonly required: boolean }[];
}

/** The options and arguments of one call, checked against its command's specification. */
export class ParsedArguments {
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];

  constructor(values: Readonly<Record<string, string | boolean | undefined>>, positionals: readonly string[]) {
    this.#values = values;
    this.positionals = positionals;
  }

  /** The value of an option, or null where it was not given. */
  optional(option: string): string | null {
    const value = this.#values[option];
    return typeof value === 'string' ? value : null;
  }

  /** The value of an option that the specification requires. */
  required(option: string): string {
    const value = this.optional(option);
    if (value === null) throw new TypeError(`--${option} is not required by its command's specification`);
    return value;
  }

  flag(option: string): boolean {
    return this.#values[option] === true;
  }
}

/** Parses the arguments of a command. Throws a {@link UsageError} that names the first thing wrong. */
export function parseCommandArguments(spec: CommandSpec, argv: readonly string[], words: Words): ParsedArguments {
  const options = Object.fromEntries(Object.entries(spec.options).map(([name, { type }]) => [name, { type }] as const));
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = spec.options[token.name];
    if (option === undefined) throw new UsageError(words.unknownOption(token.rawName));
    if (option.type === 'string' && (token.value === undefined || token.value === '')) {
      throw new UsageError(words.optionNeedsValue(token.rawName));
    }
    if (option.type === 'boolean' && token.value !== undefined) {
      throw new UsageError(words.optionTakesNoValue(token.rawName));
    }
  }
  for (const [name, { required }] of Object.entries(spec.options)) {
    if (required === true && values[name] === undefined) throw new UsageError(words.missingOption(`--${name}`));
  }
  const missing = spec.positionals.find(({ required }, index) => required && positionals[index] === undefined);
  if (missing !== undefined) throw new UsageError(words.missingArgument(missing.name));
  const extra = positionals[spec.positionals.length];
  if (extra !== undefined) throw new UsageError(words.extraArgument(extra));
  const plain = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]),
  );
  return new ParsedArguments(plain, positionals);
}

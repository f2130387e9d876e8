import packageJson from '../package.json' with { type: 'json' };

/** The version of Mokuhyo, as package.json says it. A bundle has it inside. */
export const version: string = packageJson.version;

import { readdir } from 'node:fs/promises';

/** Runs every bench beside this file: each exports `bench`, which prints its own figures. */
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.ts') && file !== 'run.ts');
for (const file of files.sort()) {
  const { bench }: { bench: () => void | Promise<void> } = await import(`./${file}`);
  await bench();
}

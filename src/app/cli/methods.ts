import { readMethods } from '../client/read-methods.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

interface MethodsOptions extends AccessOptions {
  readonly language: 'en' | 'fr';
  readonly model?: readonly string[];
}

/** Prints a paragraph for "Materials and methods"; as JSON with the facts it rests on. */
export async function methods(reference: string, options: MethodsOptions): Promise<void> {
  const { language, model = null } = options;
  const wish = { language: language === 'fr' ? 'FR' : 'EN', models: model } as const;
  const made = await readMethods(await accessOf(options), reference, wish);
  if (options.json) printJson(made);
  else print(made.text);
}

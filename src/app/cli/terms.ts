import type { Purpose } from '../../catalogue/terms/purpose.ts';
import { acceptTerms, type ReadTerms, readTerms } from '../client/terms.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

/** Prints on which terms a dataset is handed out, and what you accepted of them. */
export async function terms(slug: string, options: AccessOptions): Promise<void> {
  const told = await readTerms(await accessOf(options), slug);
  if (options.json) return printJson(told);
  if (!told.terms) return print(`${slug} declares no terms; roles alone decide.`);
  tell(slug, told.terms);
  for (const { version, purposes, acceptedAt } of told.ownTermsAcceptances)
    print(`accepted: version ${version} on ${acceptedAt}, for ${purposes.join(', ')}`);
  const isAccepted = told.ownTermsAcceptances.some(({ version }) => version === told.terms!.version);
  if (told.terms.acceptance === 'REQUIRED' && !isAccepted)
    print(`accept:   holotype terms accept ${slug} --purpose …`);
}

function tell(slug: string, held: ReadTerms): void {
  print(`${slug}, version ${held.version} of ${held.declaredAt}`);
  print(`licence:  ${held.licence ?? 'none declared'}`);
  for (const { code, abbreviation, sentence } of held.dataUseTerms)
    print(`use:      ${code} ${abbreviation}: ${sentence}`);
  print(`open to:  ${held.visibility === 'PUBLIC' ? 'everyone of the instance' : 'those with a role'}`);
  if (held.embargoUntil !== null) print(`embargo:  until ${held.embargoUntil}`);
  if (held.consent === 'REQUIRED') print('consent:  of every subject');
  if (held.text !== '') print(`\n${held.text.trimEnd()}\n`);
}

interface AcceptOptions extends AccessOptions {
  readonly purpose: readonly Purpose[];
  readonly statement?: string;
}

/** Accepts the terms in force, on the record. */
export async function accept(slug: string, options: AcceptOptions): Promise<void> {
  const use = { purposes: options.purpose, statement: options.statement ?? null };
  const acceptance = await acceptTerms(await accessOf(options), slug, use);
  if (options.json) return printJson(acceptance);
  print(
    `Version ${acceptance.version} of the terms of ${slug} is accepted for ${acceptance.purposes.join(', ')}.`,
  );
}

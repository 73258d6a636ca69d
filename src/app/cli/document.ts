import { readFile, writeFile } from 'node:fs/promises';
import { DomainError } from '../../kernel/errors.ts';
import { answerDocument, type DocumentWish, readDocument } from '../client/read-document.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

interface DocumentOptions extends AccessOptions, Omit<DocumentWish, 'reference'> {
  readonly output?: string;
}

/** Prints a document, or writes it to a file, byte for byte as the server has it, so that its digest can be checked. */
export async function document(reference: string, options: DocumentOptions): Promise<void> {
  const format = options.json ? 'json' : options.format;
  const bytes = await readDocument(await accessOf(options), { ...options, reference, format });
  if (options.output === undefined) process.stdout.write(bytes);
  else await writeFile(options.output, bytes);
}

interface AnswerOptions extends AccessOptions {
  readonly file?: string;
  readonly withdraw?: true;
}

/** Answers an item in words, of the command line or of a file; or takes the answer back. */
export async function answer(
  dataset: string,
  item: string,
  words: string | undefined,
  options: AnswerOptions,
): Promise<void> {
  const given = [words, options.file, options.withdraw].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new DomainError('BAD_INPUT', 'Give the answer as words, or --file, or --withdraw: one of them.');
  const text = options.file === undefined ? (words ?? null) : await readFile(options.file, 'utf8');
  const answered = await answerDocument(await accessOf(options), { dataset, item, text });
  if (options.json) printJson(answered);
  else
    print(
      `${text === null ? 'Taken back' : 'Answered'} for ${answered.items.join(', ')}, as of revision ${answered.dataset.revision} of ${answered.dataset.slug}`,
    );
}

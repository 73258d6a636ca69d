import { visibleDataset, visibleDatasetById } from '../../catalogue/dataset.store.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { revise } from '../../catalogue/revise.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { listAnswers, replaceAnswer } from './document-answers.store.ts';
import { itemOf, itemsAsking } from './document-forms.ts';

const LONGEST = 20_000;

export interface AnswerInput {
  /** Slug. */
  readonly dataset: string;
  /** Such as `datasheet.1`. */
  readonly item: string;
  /** Null takes the answer back. */
  readonly text: string | null;
}

export interface AnsweredQuestion {
  readonly dataset: Dataset;
  readonly question: string;
  readonly text: string | null;
  /** Every item of every document that it now answers. */
  readonly items: readonly string[];
}

/** Writes what people alone know. One answer serves every document that asks the same. */
export async function answerDocument(context: Context, input: AnswerInput): Promise<AnsweredQuestion> {
  const { id } = await visibleDataset(context, input.dataset);
  requireMay(context, 'dataset.curate', datasetScope(id));
  const { asks: question } = itemOf(input.item);
  const text = input.text === null ? null : checked(input.text);
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'document.answer',
    summary: `documents: ${question} ${text === null ? 'taken back' : 'answered'}`,
    detail: { item: input.item, question },
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const held = await listAnswers(db, { datasetId: target.datasetId, asOf: target.dataset.revision });
    const before = held.find((answer) => answer.question === question)?.text ?? null;
    const changed = before !== text;
    if (changed) await replaceAnswer(db, target, { question, text });
    return { changed, result: target };
  });
  return {
    dataset: await visibleDatasetById(context, datasetId),
    question,
    text,
    items: itemsAsking(question),
  };
}

function checked(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '')
    throw new DomainError('BAD_INPUT', 'text: an answer needs words; give none (null) to take one back.');
  if (trimmed.length > LONGEST)
    throw new DomainError(
      'BAD_INPUT',
      `text: ${trimmed.length} characters are more than ${LONGEST}; refer to a publication instead.`,
    );
  return trimmed;
}

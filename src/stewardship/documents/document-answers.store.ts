import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../../kernel/revision.ts';
import type { HumanAnswer } from './governance-document.ts';

/** What people wrote of a dataset, as of a revision. */
export async function listAnswers(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<HumanAnswer[]> {
  return db.query(
    `SELECT question, text, since FROM document_answer WHERE dataset_id = $1 AND since <= $2 AND $2 < until ORDER BY question COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
}

/** Closes the answer in force, if any, and opens this one; null takes it back. */
export async function replaceAnswer(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  { question, text }: { question: string; text: string | null },
): Promise<void> {
  await db.query(
    `UPDATE document_answer SET until = $3 WHERE dataset_id = $1 AND question = $2 AND until = ${OPEN_REVISION}`,
    [at.datasetId, question, at.revision],
  );
  if (text === null) return;
  await db.query('INSERT INTO document_answer (dataset_id, since, question, text) VALUES ($1, $2, $3, $4)', [
    at.datasetId,
    at.revision,
    question,
    text,
  ]);
}

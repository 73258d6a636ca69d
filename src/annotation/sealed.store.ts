/**
 * SQL: whether an annotation of alias `alias` may be known as of revision $2 of dataset $1. What is said in a blind round
 * is under seal while the round is open: no report, consensus, split or snapshot of such a revision knows it, and no one
 * but who said it and who curates can read it.
 */
export const unsealed = (alias: string) =>
  `(${alias}.round IS NULL OR NOT EXISTS (SELECT 1 FROM annotation_round o WHERE o.dataset_id = $1 AND o.name = ${alias}.round
     AND o.since <= $2 AND $2 < o.until AND o.blind AND o.state = 'OPEN'))`;

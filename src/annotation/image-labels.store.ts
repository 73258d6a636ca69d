import { unsealed } from './sealed.store.ts';

/**
 * SQL: the labels of each image of dataset $1 as of revision $2, as (image_id, label, votes, top): `votes` raters gave
 * the label, and `top` says that no other label of the image has more. Where the dataset has whole-image classes they
 * alone count; where it has only shapes, the classes of the shapes do, each once. First looks alone vote; a GROUP has as many
 * votes as people in it. What is under seal does not count.
 */
export const IMAGE_LABELS = `
  WITH held AS (
    SELECT image_id, annotator, kind, label, votes FROM annotation n
    WHERE dataset_id = $1 AND since <= $2 AND $2 < until AND label IS NOT NULL AND pass = 1 AND ${unsealed('n')}
  ), has_class AS (SELECT EXISTS (SELECT 1 FROM held WHERE kind = 'CLASS') AS yes),
  votes AS (
    SELECT image_id, label, CASE WHEN has_class.yes THEN sum(votes)::int ELSE 1 END AS votes
    FROM (SELECT image_id, annotator, kind, label, max(votes) AS votes FROM held GROUP BY 1, 2, 3, 4) said CROSS JOIN has_class
    WHERE NOT has_class.yes OR kind = 'CLASS' GROUP BY image_id, label, has_class.yes
  )
  SELECT image_id, label, votes, votes = max(votes) OVER (PARTITION BY image_id) AS top FROM votes`;

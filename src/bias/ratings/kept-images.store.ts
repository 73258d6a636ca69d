import { holds } from '../subjects/subject-pages.store.ts';

/** SQL: the kept images of dataset $1 as of revision $2, as `i`, with their acquisition records, as `a`. */
export const KEPT_IMAGES = `image i
  JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND ${holds('a')}
  WHERE i.dataset_id = $1 AND ${holds('i')} AND NOT EXISTS (
    SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND ${holds('e')})`;

import type { EntityManager } from 'typeorm';
import { unsealed } from '../../annotation/sealed.store.ts';
import type { Spread } from './data-facts.ts';
import { countsOf, KEPT, type Moment, type RawCount } from './image-facts.store.ts';

export interface LabelFacts {
  readonly all: number;
  readonly kinds: readonly RawCount[];
  readonly raterKinds: readonly RawCount[];
  readonly labels: readonly RawCount[];
  readonly labelled: number;
  readonly perImage: Spread;
  readonly ratersPerImage: Spread;
  readonly first: string | null;
  readonly last: string | null;
  readonly withConfidence: number;
  readonly withTime: number;
  readonly corrections: number;
  readonly sources: readonly RawCount[];
  readonly raters: readonly {
    readonly name: string;
    readonly kind: string;
    readonly expertise: string | null;
  }[];
}

/** SQL: least, most and mean of a column of `images`. */
const spreadOf = (column: string) =>
  `(SELECT json_build_object('least', coalesce(min(${column}), 0), 'most', coalesce(max(${column}), 0),
     'mean', trim_scale(round(coalesce(avg(${column}), 0), 2))::text) FROM images)`;

/** What was said of the kept images and by whom, but nothing under seal. Who gave an image up said nothing of it. */
export async function findLabelFacts(db: EntityManager, at: Moment): Promise<LabelFacts> {
  const [row] = await db.query(
    `WITH kept AS MATERIALIZED (${KEPT}),
     held AS MATERIALIZED (
       SELECT n.image_id, n.annotator, n.kind, n.label, n.confidence, n.annotated_at, n.corrects, n.source, coalesce(o.kind, 'unknown') AS rater, o.expertise
       FROM kept k JOIN annotation n ON n.dataset_id = $1 AND n.image_id = k.image_id AND n.since <= $2 AND $2 < n.until AND ${unsealed('n')}
       LEFT JOIN annotator o ON o.dataset_id = $1 AND o.pseudonym = n.annotator AND o.since <= $2 AND $2 < o.until
       WHERE n.kind <> 'SKIP'
     ),
     images AS (
       SELECT count(h.image_id)::int AS statements, count(DISTINCT h.annotator)::int AS raters
       FROM kept k LEFT JOIN held h ON h.image_id = k.image_id GROUP BY k.image_id
     )
     SELECT count(*)::int AS all, count(DISTINCT image_id) FILTER (WHERE label IS NOT NULL)::int AS labelled,
            min(left(annotated_at, 10) COLLATE "C") AS first, max(left(annotated_at, 10) COLLATE "C") AS last,
            count(confidence)::int AS "withConfidence", count(annotated_at)::int AS "withTime", count(corrects)::int AS corrections,
            ${countsOf('kind', 'held')} AS kinds, ${countsOf('rater', 'held')} AS "raterKinds",
            ${countsOf('label', '(SELECT label FROM held WHERE label IS NOT NULL) named')} AS labels,
            ${countsOf('source', '(SELECT source FROM held WHERE source IS NOT NULL) sourced')} AS sources,
            coalesce((SELECT json_agg(json_build_object('name', annotator, 'kind', rater, 'expertise', expertise) ORDER BY annotator COLLATE "C")
                      FROM (SELECT DISTINCT annotator, rater, expertise FROM held) raters), '[]') AS raters,
            ${spreadOf('statements')} AS "perImage", ${spreadOf('raters')} AS "ratersPerImage"
     FROM held`,
    [at.datasetId, at.asOf],
  );
  return row;
}

export interface LabellingFacts {
  readonly guidelines: readonly string[];
  readonly rounds: { readonly all: number; readonly blind: number; readonly adjudication: number };
}

/** By what instructions and in what rounds the labels were asked for. */
export async function findLabellingFacts(db: EntityManager, at: Moment): Promise<LabellingFacts> {
  const holds = 'dataset_id = $1 AND since <= $2 AND $2 < until';
  const [row] = await db.query(
    `SELECT coalesce((SELECT json_agg(version ORDER BY since, version COLLATE "C") FROM guideline WHERE ${holds}), '[]') AS guidelines,
            (SELECT json_build_object('all', count(*)::int, 'blind', count(*) FILTER (WHERE blind)::int, 'adjudication', count(*) FILTER (WHERE purpose = 'ADJUDICATION')::int)
             FROM annotation_round WHERE ${holds}) AS rounds`,
    [at.datasetId, at.asOf],
  );
  return row;
}

/** An image of a dataset as of a revision: what loaders are keyed by. */
export interface ImageMoment {
  readonly datasetId: string;
  readonly asOf: number;
  readonly id: string;
}

export const momentKey = ({ datasetId, asOf, id }: ImageMoment): string => `${datasetId}/${asOf}/${id}`;

/** Groups keys by dataset and revision, so that a loader asks one statement for each. */
export function byMoment(
  keys: readonly ImageMoment[],
): { at: { datasetId: string; asOf: number }; ids: string[] }[] {
  const groups = new Map<string, { at: { datasetId: string; asOf: number }; ids: string[] }>();
  for (const { datasetId, asOf, id } of keys) {
    const key = `${datasetId}/${asOf}`;
    const group = groups.get(key) ?? { at: { datasetId, asOf }, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

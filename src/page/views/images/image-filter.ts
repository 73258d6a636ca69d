/** What the address of the grid says of which images it shows; so a filter can be sent to somebody. */
export interface ImageFilter {
  readonly kept: boolean | null;
  readonly name: string;
  readonly classes: readonly string[];
  /** `name=value`, or `name=` for the images without a value. */
  readonly factors: readonly string[];
  readonly disagreement: boolean;
  readonly quality: string;
  readonly least: string;
  readonly most: string;
}

export function filterOf(query: URLSearchParams): ImageFilter {
  const kept = query.get('kept');
  return {
    kept: kept === 'all' ? null : kept !== 'false',
    name: query.get('name') ?? '',
    classes: query.getAll('class'),
    factors: query.getAll('factor'),
    disagreement: query.get('disagreement') === 'true',
    quality: query.get('quality') ?? '',
    least: query.get('least') ?? '',
    most: query.get('most') ?? '',
  };
}

export function queryOf(filter: ImageFilter): string {
  const query = new URLSearchParams();
  if (filter.kept !== true) query.set('kept', filter.kept === null ? 'all' : 'false');
  if (filter.name) query.set('name', filter.name);
  for (const name of filter.classes) query.append('class', name);
  for (const factor of filter.factors) query.append('factor', factor);
  if (filter.disagreement) query.set('disagreement', 'true');
  if (filter.quality) {
    query.set('quality', filter.quality);
    if (filter.least) query.set('least', filter.least);
    if (filter.most) query.set('most', filter.most);
  }
  return query.toString();
}

/** The same, as the API asks for it. */
export function inputOf(filter: ImageFilter) {
  const bound = (text: string) => (text === '' ? null : Number(text));
  return {
    kept: filter.kept,
    nameContains: filter.name || null,
    classes: filter.classes.length > 0 ? [...filter.classes] : null,
    factors:
      filter.factors.length > 0
        ? filter.factors.map((factor) => {
            const [name = '', value = ''] = factor.split(/=(.*)/s);
            return value === '' ? { name, missing: true } : { name, value };
          })
        : null,
    disagreement: filter.disagreement || null,
    quality: filter.quality
      ? [{ measure: filter.quality, min: bound(filter.least), max: bound(filter.most) }]
      : null,
  };
}

/** The images of all of these levels together; null: without a value. */
export function imagesOf(dataset: string, factors: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(
    Object.entries(factors).map(([name, level]) => ['factor', `${name}=${level ?? ''}`]),
  );
  return `/page/datasets/${dataset}/images?${query}`;
}

/** The images of one level of a factor, or of a class, where the grid can filter by it; else null. */
export function imagesWhere(dataset: string, field: string, level: string | null): string | null {
  if (field === 'captureDate' || field === 'captureHour' || field === 'part') return null;
  const query = new URLSearchParams([
    field === 'label' ? ['class', level ?? ''] : ['factor', `${field}=${level ?? ''}`],
  ]);
  return field === 'label' && level === null ? null : `/page/datasets/${dataset}/images?${query}`;
}

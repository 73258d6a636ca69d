export interface Share {
  readonly level: string;
  /** A decimal, as the API takes it. */
  readonly share: string;
}

interface Margin {
  readonly shares: readonly Share[];
  readonly sum: number;
  /** The first line that is no "level = share". */
  readonly fault: string | null;
}

/** Shares written a line each: `level = share`. */
export function marginOf(text: string): Margin {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line) => ({
    line,
    match: /^(.+?)\s*=\s*(0(?:\.\d+)?|1(?:\.0+)?|\.\d+)$/.exec(line),
  }));
  const shares = read.flatMap(({ match }) =>
    match ? [{ level: match[1]!, share: decimal(match[2]!) }] : [],
  );
  return {
    shares,
    sum: Math.round(shares.reduce((total, { share }) => total + Number(share), 0) * 1e12) / 1e12,
    fault: read.find(({ match }) => !match)?.line ?? null,
  };
}

const decimal = (share: string) => (share.startsWith('.') ? `0${share}` : share);

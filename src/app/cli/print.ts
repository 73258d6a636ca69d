import Table from 'cli-table3';

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Columns apart by two spaces, one rule under the head: what a terminal of some width can hold. */
const BARE = {
  ...Object.fromEntries(
    ['top', 'bottom', 'left', 'right'].flatMap((side) =>
      ['', '-mid', '-left', '-right'].map((corner) => [`${side}${corner}`, '']),
    ),
  ),
  mid: '',
  'left-mid': '',
  'mid-mid': '',
  'right-mid': '',
  middle: '  ',
};

/** A table of text; without colours where the output is no terminal. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const plain = process.stdout.isTTY ? {} : { head: [], border: [] };
  const style = { 'padding-left': 0, 'padding-right': 0, ...plain };
  const table = new Table({ head: [...head], chars: BARE, style });
  table.push(...rows.map((row) => [...row]));
  print(table.toString());
}

import { dictionary, useFormat, useWords } from '../../language.tsx';
import { SPLIT_WORDS } from './split-words.ts';

const WORDS = dictionary(
  {
    name: (place: number) => `Name of part ${place}`,
    share: (place: number) => `Share of part ${place}`,
    remove: (name: string) => `Leave out ${name || 'this part'}`,
    add: 'One part more',
    sum: (sum: string) => `The shares sum to ${sum}; they must sum to 1.`,
    about: (parts: string) => `About ${parts} images; groups that stay whole move these a little.`,
  },
  {
    name: (place: number) => `Nom de la partie ${place}`,
    share: (place: number) => `Proportion de la partie ${place}`,
    remove: (name: string) => `Ôter ${name || 'cette partie'}`,
    add: 'Une partie de plus',
    sum: (sum: string) => `Les proportions totalisent ${sum} ; elles doivent totaliser 1.`,
    about: (parts: string) =>
      `Environ ${parts} images ; les groupes gardés entiers décalent un peu ces nombres.`,
  },
);

export interface WishedPart {
  readonly name: string;
  readonly share: string;
}

/** "0,70" as the API writes it: "0.7". What is no number stays, for the server to refuse by name. */
export function writtenShare(share: string): string {
  const number = Number(share.trim().replace(',', '.'));
  return Number.isFinite(number) ? String(Math.round(number * 1e6) / 1e6) : share;
}

interface PartRowsProps {
  parts: readonly WishedPart[];
  kept: number;
  change(parts: readonly WishedPart[]): void;
}

export function PartRows({ parts, kept, change }: PartRowsProps) {
  const words = { ...useWords(SPLIT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const set = (place: number, part: Partial<WishedPart>) =>
    change(parts.map((held, index) => (index === place ? { ...held, ...part } : held)));
  const shares = parts.map(({ share }) => Number(writtenShare(share)));
  const sum = Math.round(shares.reduce((total, share) => total + share, 0) * 1e6) / 1e6;
  const expected = parts.map(({ name }, index) => `${name} ${format.whole(kept * (shares[index] ?? 0))}`);
  return (
    <fieldset>
      <legend>{words.parts}</legend>
      {parts.map(({ name, share }, index) => (
        <div class="part-row" key={index}>
          <label>
            <span>{words.name(index + 1)}</span>
            <input
              value={name}
              required
              onInput={(event) => set(index, { name: event.currentTarget.value })}
            />
          </label>
          <label>
            <span>{words.share(index + 1)}</span>
            <input
              value={share}
              required
              inputMode="decimal"
              onInput={(event) => set(index, { share: event.currentTarget.value })}
            />
          </label>
          {parts.length > 2 && (
            <button type="button" onClick={() => change(parts.filter((_, at) => at !== index))}>
              {words.remove(name)}
            </button>
          )}
        </div>
      ))}
      <p>
        <button type="button" onClick={() => change([...parts, { name: '', share: '' }])}>
          {words.add}
        </button>
      </p>
      <p role="status" class="tally">
        {sum === 1 ? words.about(expected.join(', ')) : words.sum(String(sum))}
      </p>
    </fieldset>
  );
}

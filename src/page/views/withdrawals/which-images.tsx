import { dictionary, useWords } from '../../language.tsx';

const WORDS = dictionary(
  {
    which: 'Which images',
    IMAGES: 'By name, one a line',
    SUBJECT: 'All of a subject',
    images: 'Names of the images',
    subject: 'Subject',
  },
  {
    which: 'Quelles images',
    IMAGES: 'Par nom, un par ligne',
    SUBJECT: 'Toutes celles d’un sujet',
    images: 'Noms des images',
    subject: 'Sujet',
  },
);

export interface NamedImages {
  readonly scope: 'IMAGES' | 'SUBJECT';
  readonly images: string;
  readonly subject: string;
}

/** As the API takes it: names or a subject, one of the two. */
export function inputOf({ scope, images, subject }: NamedImages) {
  const names = images
    .split('\n')
    .map((name) => name.trim())
    .filter(Boolean);
  return scope === 'IMAGES' ? { images: names, subject: null } : { images: null, subject };
}

export function WhichImages({ which, change }: { which: NamedImages; change(which: NamedImages): void }) {
  const words = useWords(WORDS);
  return (
    <>
      <fieldset>
        <legend>{words.which}</legend>
        {(['IMAGES', 'SUBJECT'] as const).map((scope) => (
          <label class="choice" key={scope}>
            <input
              type="radio"
              name="scope"
              checked={which.scope === scope}
              onChange={() => change({ ...which, scope })}
            />
            {words[scope]}
          </label>
        ))}
      </fieldset>
      {which.scope === 'IMAGES' ? (
        <label>
          <span>{words.images}</span>
          <textarea
            value={which.images}
            required
            onInput={(event) => change({ ...which, images: event.currentTarget.value })}
          />
        </label>
      ) : (
        <label>
          <span>{words.subject}</span>
          <input
            value={which.subject}
            required
            autocomplete="off"
            onInput={(event) => change({ ...which, subject: event.currentTarget.value })}
          />
        </label>
      )}
    </>
  );
}

import type { ComponentChildren } from 'preact';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import type { SplitData } from './split-query.ts';

type CertificateData = SplitData['certificate'];

const WORDS = dictionary(
  {
    title: 'What was looked for',
    shared: 'Groups in two parts',
    exact: 'Images of the same bytes in two parts',
    near: 'Pairs of the same look in two parts',
    unexamined: 'Not looked for, which is not “none found”',
    missing: 'Images whose group is unknown',
    EACH_IMAGE_ITS_OWN_GROUP: 'each counts as a group of its own',
    NOT_USED: 'they are in no part',
    waiver: 'Frozen all the same, for this reason',
    listed: (shown: string, of: string) => `${shown} of ${of}`,
    image: (short: string) => `image ${short}`,
    correlation: (figure: string) => `correlation ${figure}`,
  },
  {
    title: 'Ce qui a été recherché',
    shared: 'Groupes dans deux parties',
    exact: 'Images d’octets identiques dans deux parties',
    near: 'Paires de même aspect dans deux parties',
    unexamined: 'Non recherché, ce qui n’est pas « rien trouvé »',
    missing: 'Images dont le groupe est inconnu',
    EACH_IMAGE_ITS_OWN_GROUP: 'chacune compte pour un groupe à elle seule',
    NOT_USED: 'elles ne sont dans aucune partie',
    waiver: 'Gelée malgré cela, pour cette raison',
    listed: (shown: string, of: string) => `${shown} sur ${of}`,
    image: (short: string) => `image ${short}`,
    correlation: (figure: string) => `corrélation ${figure}`,
  },
);

const MOST_LISTED = 50;

export function Findings({ dataset, certificate }: { dataset: string; certificate: CertificateData }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { sharedGroups, exactDuplicates, nearDuplicates, missingGroupKeys, waiver } = certificate;
  return (
    <>
      <h2>{words.title}</h2>
      {waiver && (
        <p class="notice danger">
          <strong>{words.waiver}</strong>: {waiver}
        </p>
      )}
      <dl class="facts">
        <dt>{words.shared}</dt>
        <dd>
          <Finding found={sharedGroups} />
          <Listed found={sharedGroups}>
            {sharedGroups.listed.slice(0, MOST_LISTED).map(({ key, value, parts }) => (
              <li key={`${key} ${value}`}>
                <code>{key}</code> {value}: {parts.join(', ')}
              </li>
            ))}
          </Listed>
        </dd>
        <dt>{words.exact}</dt>
        <dd>
          <Duplicates dataset={dataset} found={exactDuplicates} />
        </dd>
        <dt>{words.near}</dt>
        <dd>
          <Duplicates dataset={dataset} found={nearDuplicates} />
        </dd>
        {missingGroupKeys && (
          <>
            <dt>{words.missing}</dt>
            <dd>
              {format.whole(missingGroupKeys.count)}
              {missingGroupKeys.count > 0 &&
                ` — ${words[missingGroupKeys.treatment as 'NOT_USED'] ?? missingGroupKeys.treatment}`}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

interface Found {
  readonly status: 'EXAMINED' | 'NOT_EXAMINED';
  readonly reason: string | null;
  readonly count: number | null;
}

function Finding({ found: { status, reason, count } }: { found: Found }) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (status === 'NOT_EXAMINED')
    return (
      <>
        <em>{words.unexamined}</em> {reason && <span lang="en">({reason})</span>}
      </>
    );
  return (
    <>
      <span aria-hidden="true">{count ? '✖' : '✔'}</span> {format.whole(count ?? 0)}
    </>
  );
}

function Listed({
  found,
  children,
}: {
  found: Found & { readonly listed: readonly unknown[] };
  children: ComponentChildren;
}) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (found.listed.length === 0) return null;
  const shown = Math.min(found.listed.length, MOST_LISTED);
  return (
    <details>
      <summary>{words.listed(format.whole(shown), format.whole(found.count ?? shown))}</summary>
      <ul>{children}</ul>
    </details>
  );
}

function Duplicates({ dataset, found }: { dataset: string; found: CertificateData['exactDuplicates'] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <>
      <Finding found={found} />
      <Listed found={found}>
        {found.listed.slice(0, MOST_LISTED).map(({ images, parts, correlation }) => (
          <li key={images.join(' ')}>
            {images.map((image, place) => (
              <span key={image}>
                {place > 0 && ' · '}
                <a href={`/page/datasets/${dataset}/images/${image}`}>{words.image(image.slice(0, 8))}</a>
              </span>
            ))}{' '}
            ({parts.join(', ')}
            {correlation && `, ${words.correlation(format.figure(Number(correlation)))}`})
          </li>
        ))}
      </Listed>
    </>
  );
}

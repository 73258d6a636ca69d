import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { SplitData } from './split-query.ts';

const WORDS = dictionary(
  {
    open: 'Freeze it…',
    title: (name: string) => `Freeze the split ${name}`,
    verb: (images: string) => `Freeze ${images} images in their parts`,
    parts: 'Every image stays in its part for good:',
    part: (part: string, images: string) => `${part}: ${counted(images, 'image')}`,
    partGroups: (part: string, images: string, groups: string) =>
      `${part}: ${counted(images, 'image')} of ${groups} groups`,
    whole: (key: string, groups: string) => `${groups} groups are kept whole, by ${key}.`,
    notWhole: (unit: string) =>
      `No group is kept whole: images of one ${unit} may stand in two parts where they did by chance.`,
    unknown: (images: string) => `${images} images of unknown group count as a group each.`,
    after:
      'Cannot be changed after: its images, parts, seed and strategy; its name stays taken. Images that come later are in no part of it.',
    leaks: (shared: string, exact: string, near: string) =>
      `It leaks: ${shared} groups in two parts, ${exact} images of the same bytes, ${near} pairs of the same look. It is frozen only with a reason in writing, which its certificate shows for ever.`,
    waiver: 'Why it may be frozen all the same',
  },
  {
    open: 'La geler…',
    title: (name: string) => `Geler la partition ${name}`,
    verb: (images: string) => `Geler ${images} images dans leurs parties`,
    parts: 'Chaque image reste dans sa partie pour toujours :',
    part: (part: string, images: string) => `${part} : ${counted(images, 'image')}`,
    partGroups: (part: string, images: string, groups: string) =>
      `${part} : ${images} images de ${groups} groupes`,
    whole: (key: string, groups: string) => `${groups} groupes sont gardés entiers, par ${key}.`,
    notWhole: (unit: string) =>
      `Aucun groupe n’est gardé entier : des images d’une même unité (${unit}) peuvent être dans deux parties si le hasard l’a voulu.`,
    unknown: (images: string) => `${images} images de groupe inconnu comptent chacune pour un groupe.`,
    after:
      'Ne pourra plus changer : ses images, ses parties, sa graine et sa stratégie ; son nom reste pris. Les images ajoutées plus tard n’y figurent pas.',
    leaks: (shared: string, exact: string, near: string) =>
      `Elle fuit : ${shared} groupes dans deux parties, ${exact} images d’octets identiques, ${near} paires de même aspect. Elle n’est gelée qu’avec une raison écrite, que son certificat montre pour toujours.`,
    waiver: 'Pourquoi elle peut être gelée malgré cela',
  },
);

const Freeze = graphql(
  `
    mutation FreezeSplit($input: FreezeSplitInput!) {
      freezeSplit(input: $input) {
        __typename
        ... on Split { id name state }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

interface FreezeSplitProps {
  dataset: string;
  unit: string;
  split: SplitData;
  changed(): void;
}

export function FreezeSplit({ dataset, unit, split, changed }: FreezeSplitProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const act = useAct(Freeze);
  const [isOpen, setOpen] = useState(false);
  const [waiver, setWaiver] = useState('');
  const { leaks, counts } = split.certificate;
  const images = counts.reduce((sum, part) => sum + part.images, 0);
  const close = () => {
    act.forget();
    setOpen(false);
  };
  const freeze = async () => {
    const input = { dataset, name: split.name, waiver: leaks ? waiver : null };
    if (!(await act.run({ input }))) return;
    close();
    changed();
  };
  return (
    <div class="toolbar">
      <button type="button" class="primary" onClick={() => setOpen(true)}>
        {words.open}
      </button>
      <Confirm
        title={words.title(split.name)}
        verb={words.verb(format.whole(images))}
        isOpen={isOpen}
        isRunning={act.isRunning}
        refusal={act.refusal}
        isFinal
        onConfirm={freeze}
        onCancel={close}
      >
        <p>{words.parts}</p>
        <ul>
          {counts.map(({ part, images: size, groups }) => (
            <li key={part}>
              {groups === null
                ? words.part(part, format.whole(size))
                : words.partGroups(part, format.whole(size), format.whole(groups))}
            </li>
          ))}
        </ul>
        <Groups unit={unit} split={split} />
        <p>{words.after}</p>
        {leaks && <Waiver split={split} waiver={waiver} write={setWaiver} />}
      </Confirm>
    </div>
  );
}

function Groups({ unit, split: { groupBy, certificate } }: { unit: string; split: SplitData }) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (groupBy === null) return <p>{words.notWhole(unit)}</p>;
  const groups = certificate.counts.reduce((sum, part) => sum + (part.groups ?? 0), 0);
  const unknown = certificate.missingGroupKeys?.count ?? 0;
  return (
    <p>
      {words.whole(groupBy, format.whole(groups))} {unknown > 0 && words.unknown(format.whole(unknown))}
    </p>
  );
}

interface WaiverProps {
  split: SplitData;
  waiver: string;
  write(text: string): void;
}

function Waiver({ split: { certificate }, waiver, write }: WaiverProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const count = (finding: { count: number | null }) => format.whole(finding.count ?? 0);
  const { sharedGroups, exactDuplicates, nearDuplicates } = certificate;
  return (
    <>
      <p class="notice danger">
        {words.leaks(count(sharedGroups), count(exactDuplicates), count(nearDuplicates))}
      </p>
      <label>
        <span>{words.waiver}</span>
        <textarea value={waiver} required onInput={(event) => write(event.currentTarget.value)} />
      </label>
    </>
  );
}

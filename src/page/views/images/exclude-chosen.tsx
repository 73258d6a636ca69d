import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { ListedImage } from './image-list.ts';

const STAGES = ['COLLECTED', 'ELIGIBLE', 'DECODED', 'ANNOTATED', 'RELEASED'] as const;

const WORDS = dictionary(
  {
    exclude: (count: string) => `Exclude ${count}…`,
    title: 'Exclude images',
    verb: (count: string) => `Exclude ${counted(count, 'image')}`,
    keep: (count: string) => `Keep ${count} again…`,
    keepTitle: 'Keep images again',
    keepVerb: (count: string) => `Keep ${counted(count, 'image')} again`,
    consequence: (now: string, then: string) =>
      `The dataset keeps ${now} images now, and ${then} after this.`,
    already: (count: string) => `${count} of those chosen are excluded already and stay so.`,
    frozen:
      'Splits that are frozen and snapshots that are published stay as they are. Everybody will read the reason.',
    reason: 'Reason',
    stage: 'Stage of the flow',
    COLLECTED: 'Collected: before anything was done with it',
    ELIGIBLE: 'Eligible: it does not belong to the study',
    DECODED: 'Decoded: its file could not be used',
    ANNOTATED: 'Annotated: it could not be labelled',
    RELEASED: 'Released: kept out of the release',
  },
  {
    exclude: (count: string) => `Exclure ${count}…`,
    title: 'Exclure des images',
    verb: (count: string) => `Exclure ${counted(count, 'image')}`,
    keep: (count: string) => `Garder ${count} de nouveau…`,
    keepTitle: 'Garder des images de nouveau',
    keepVerb: (count: string) => `Garder ${counted(count, 'image')} de nouveau`,
    consequence: (now: string, then: string) =>
      `Le jeu garde ${now} images maintenant, et ${then} après cela.`,
    already: (count: string) => `${count} de celles choisies sont déjà exclues et le restent.`,
    frozen:
      'Les partitions gelées et les instantanés publiés restent ce qu’ils sont. Tout le monde lira la raison.',
    reason: 'Raison',
    stage: 'Étape du flux',
    COLLECTED: 'Collectée : avant tout traitement',
    ELIGIBLE: 'Éligible : elle n’appartient pas à l’étude',
    DECODED: 'Décodée : son fichier est inutilisable',
    ANNOTATED: 'Annotée : elle n’a pu être étiquetée',
    RELEASED: 'Publiée : tenue à l’écart de la publication',
  },
);

const ExcludeImages = graphql(
  `
    mutation ExcludeImages($input: ExcludeImagesInput!) {
      excludeImages(input: $input) {
        __typename
        ... on Dataset { slug revision }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

const ReadmitImages = graphql(
  `
    mutation ReadmitImages($input: ReadmitImagesInput!) {
      readmitImages(input: $input) {
        __typename
        ... on Dataset { slug revision }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

interface ExcludeChosenProps {
  dataset: string;
  kept: number;
  chosen: readonly ListedImage[];
  done(): void;
}

export function ExcludeChosen({ dataset, kept, chosen, done }: ExcludeChosenProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const [open, setOpen] = useState<'exclude' | 'keep' | null>(null);
  const [reason, setReason] = useState('');
  const [stage, setStage] = useState<(typeof STAGES)[number]>('ELIGIBLE');
  const exclusion = useAct(ExcludeImages);
  const readmission = useAct(ReadmitImages);
  const inside = chosen.filter(({ exclusion: found }) => !found).map(({ name }) => name!);
  const outside = chosen.filter(({ exclusion: found }) => found).map(({ name }) => name!);
  const close = () => {
    exclusion.forget();
    readmission.forget();
    setOpen(null);
  };
  const finish = (result: object | null) => {
    if (!result) return;
    close();
    done();
  };
  return (
    <>
      {inside.length > 0 && (
        <button type="button" onClick={() => setOpen('exclude')}>
          {words.exclude(format.whole(inside.length))}
        </button>
      )}
      {outside.length > 0 && (
        <button type="button" onClick={() => setOpen('keep')}>
          {words.keep(format.whole(outside.length))}
        </button>
      )}
      <Confirm
        title={words.title}
        verb={words.verb(format.whole(inside.length))}
        isOpen={open === 'exclude'}
        isRunning={exclusion.isRunning}
        refusal={exclusion.refusal}
        onCancel={close}
        onConfirm={async () => {
          const exclusions = inside.map((image) => ({ image, reason, stage }));
          finish(await exclusion.run({ input: { dataset, exclusions } }));
        }}
      >
        <p>{words.consequence(format.whole(kept), format.whole(kept - inside.length))}</p>
        {outside.length > 0 && <p>{words.already(format.whole(outside.length))}</p>}
        <p>{words.frozen}</p>
        <label>
          <span>{words.reason}</span>
          <input value={reason} required onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <label>
          <span>{words.stage}</span>
          <select value={stage} onChange={(event) => setStage(event.currentTarget.value as typeof stage)}>
            {STAGES.map((name) => (
              <option key={name} value={name}>
                {words[name]}
              </option>
            ))}
          </select>
        </label>
      </Confirm>
      <Confirm
        title={words.keepTitle}
        verb={words.keepVerb(format.whole(outside.length))}
        isOpen={open === 'keep'}
        isRunning={readmission.isRunning}
        refusal={readmission.refusal}
        onCancel={close}
        onConfirm={async () => finish(await readmission.run({ input: { dataset, images: outside } }))}
      >
        <p>{words.consequence(format.whole(kept), format.whole(kept + outside.length))}</p>
        <p>{words.frozen}</p>
      </Confirm>
    </>
  );
}

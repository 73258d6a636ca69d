import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Table } from '../../parts/table.tsx';
import type { SeenImageData } from './seen-image.ts';

const WORDS = dictionary(
  {
    acquisition: 'Acquisition record',
    noRecord: 'Nothing is recorded of how it was taken.',
    field: 'Field',
    value: 'Value',
    source: 'Source',
    restricted: 'Restricted fields, shown to those who may read them',
    unit: 'Unit',
    unknownUnit: 'unknown: it counts as a unit of its own',
    file: 'File',
    digest: 'SHA-256',
    type: 'Type',
    size: 'Size',
    pixels: 'Pixels, as stored',
    samples: 'Samples',
    since: 'Here since revision',
    exclusion: 'Excluded',
    quality: 'Quality measures',
    measure: 'Measure',
  },
  {
    acquisition: 'Relevé d’acquisition',
    noRecord: 'Rien n’est relevé de la prise de vue.',
    field: 'Champ',
    value: 'Valeur',
    source: 'Source',
    restricted: 'Champs restreints, montrés à qui peut les lire',
    unit: 'Unité',
    unknownUnit: 'inconnue : elle compte comme une unité à part',
    file: 'Fichier',
    digest: 'SHA-256',
    type: 'Type',
    size: 'Taille',
    pixels: 'Pixels, tels que stockés',
    samples: 'Échantillons',
    since: 'Ici depuis la révision',
    exclusion: 'Exclue',
    quality: 'Mesures de qualité',
    measure: 'Mesure',
  },
);

export function ImageRecord({ image }: { image: SeenImageData }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { acquisition, facts, exclusion } = image;
  return (
    <>
      <h3>{words.file}</h3>
      <dl class="facts">
        <dt>{words.digest}</dt>
        <dd>
          <code>{image.digest ?? '—'}</code>
        </dd>
        <dt>{words.type}</dt>
        <dd>{image.mediaType ?? '—'}</dd>
        <dt>{words.size}</dt>
        <dd>{image.size === null ? '—' : format.bytes(image.size)}</dd>
        <dt>{words.pixels}</dt>
        <dd>
          {image.width} × {image.height}
        </dd>
        {facts && (
          <>
            <dt>{words.samples}</dt>
            <dd>
              {facts.channels} × {facts.bitDepth} bit {facts.sampleFormat}, {facts.colourSpace}
            </dd>
          </>
        )}
        <dt>{words.since}</dt>
        <dd>{image.since}</dd>
        {exclusion && (
          <>
            <dt>{words.exclusion}</dt>
            <dd>
              <code>{exclusion.stage}</code> {exclusion.reason}
            </dd>
          </>
        )}
        {acquisition && (
          <>
            <dt>{words.unit}</dt>
            <dd>{acquisition.unitKnown ? acquisition.unit : words.unknownUnit}</dd>
          </>
        )}
      </dl>
      <h3>{words.acquisition}</h3>
      {acquisition && acquisition.values.length > 0 ? (
        <Values caption={words.acquisition} values={acquisition.values} isCaptionHidden />
      ) : (
        <p class="none">{words.noRecord}</p>
      )}
      {acquisition?.restricted && acquisition.restricted.length > 0 && (
        <Values caption={words.restricted} values={acquisition.restricted} />
      )}
      {facts && facts.quality.length > 0 && (
        <Table
          caption={words.quality}
          rows={facts.quality}
          keyOf={({ name }) => name}
          columns={[
            { title: words.measure, cell: ({ name }) => name },
            {
              title: words.value,
              isNumber: true,
              cell: ({ value, reason }) => (value === null ? <code>{reason}</code> : format.figure(value)),
            },
          ]}
        />
      )}
    </>
  );
}

function Values({
  caption,
  values,
  isCaptionHidden = false,
}: {
  caption: string;
  isCaptionHidden?: boolean;
  values: readonly { name: string; value: string; source: string | null }[];
}) {
  const words = useWords(WORDS);
  return (
    <Table
      caption={caption}
      isCaptionHidden={isCaptionHidden}
      rows={values}
      keyOf={({ name }) => name}
      columns={[
        { title: words.field, cell: ({ name }) => name },
        { title: words.value, cell: ({ value }) => value },
        { title: words.source, cell: ({ source }) => source ?? '—' },
      ]}
    />
  );
}
